"""What every store of files does alike; one suite, subclassed once per store."""

import hashlib
import io
from collections.abc import Callable

import pytest

from services.kit.clock import FixedClock
from services.kit.files import BadKey, FileExists, FileMissing, Files
from services.kit.ids import TimeIds
from services.media.stores.keys import make_key

ORG, OTHER = "018f0000-0000-7000-8000-00000000000a", "018f0000-0000-7000-8000-00000000000b"
BAD_KEYS = (
    "",
    "a.jpg",
    f"{ORG}/",
    f"{ORG}/../{OTHER}/x.jpg",
    f"../{ORG}/{OTHER}.jpg",
    f"/{ORG}/{OTHER}.jpg",
    f"{ORG}/{OTHER}",
    f"{ORG}/{OTHER}.jpg/",
    f"{ORG}/{OTHER}.JPG",
    f"{ORG}/{OTHER}.jpg\n",
    f"{ORG}/{OTHER}.jpg\0",
    f"{ORG}/ünï-{OTHER}.png",
    f"{ORG}\\{OTHER}.jpg",
    f"{ORG}/{OTHER}.٣jpg",
)


class Breaks(io.BytesIO):
    """A source that fails after its first piece, as an upload that is cut off."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(3)


class FilesContract:
    """Fixtures needed: `store`, `clock`, and `fetch`, which gets an address and tells status and body."""

    def key(self, clock: FixedClock, org: str = ORG, extension: str = "jpg") -> str:
        return f"{org}/{TimeIds(clock).new()}.{extension}"

    def test_what_was_put_is_there_with_its_length_and_hash(self, store: Files, clock: FixedClock) -> None:
        key, data = self.key(clock), bytes(range(256)) * 9000
        stored = store.put(key, io.BytesIO(data), "image/jpeg")
        assert (stored.key, stored.size_bytes, stored.content_type) == (key, len(data), "image/jpeg")
        assert stored.sha256 == hashlib.sha256(data).hexdigest()
        with store.open(key) as file:
            assert file.read() == data

    def test_a_taken_key_is_refused_and_its_file_untouched(self, store: Files, clock: FixedClock) -> None:
        key = self.key(clock)
        store.put(key, io.BytesIO(b"first"), "image/jpeg")
        with pytest.raises(FileExists):
            store.put(key, io.BytesIO(b"second"), "image/jpeg")
        assert store.open(key).read() == b"first"

    def test_a_source_that_breaks_leaves_nothing(self, store: Files, clock: FixedClock) -> None:
        key = self.key(clock)
        with pytest.raises(ConnectionResetError):
            store.put(key, Breaks(b"abcdef"), "image/jpeg")
        assert store.list(f"{ORG}/") == []
        assert store.put(key, io.BytesIO(b"whole"), "image/jpeg").size_bytes == 5

    def test_a_missing_file_is_told_as_missing(self, store: Files, clock: FixedClock) -> None:
        store.put(self.key(clock), io.BytesIO(b"x"), "image/jpeg")
        with pytest.raises(FileMissing):
            store.open(self.key(clock))
        with pytest.raises(FileMissing):
            store.url(self.key(clock), 60)

    @pytest.mark.parametrize("key", BAD_KEYS)
    def test_a_name_that_is_no_key_reaches_no_file(self, store: Files, key: str) -> None:
        for call in (store.open, lambda bad: store.url(bad, 60), lambda bad: store.delete([bad])):
            with pytest.raises(BadKey):
                call(key)
        with pytest.raises(BadKey):
            store.put(key, io.BytesIO(b"x"), "image/jpeg")
        with pytest.raises(BadKey):
            store.addresses([key], 60)

    def test_delete_tells_what_was_there(self, store: Files, clock: FixedClock) -> None:
        there, missing = self.key(clock), self.key(clock)
        store.put(there, io.BytesIO(b"x"), "image/jpeg")
        assert store.delete([missing, there]) == [there]
        assert store.delete([there]) == []
        assert store.delete([]) == []

    def test_list_stays_within_one_organisation(self, store: Files, clock: FixedClock) -> None:
        ours, theirs = sorted(self.key(clock) for _ in range(3)), self.key(clock, OTHER)
        for key in (*ours, theirs):
            store.put(key, io.BytesIO(b"x"), "image/jpeg")
        assert store.list(f"{ORG}/") == ours
        assert store.list("") == sorted([*ours, theirs])
        for prefix in (ORG, ORG[:8], "..", "/"):
            with pytest.raises(BadKey):
                store.list(prefix)

    def test_an_address_shows_its_file_until_it_ends(
        self, store: Files, clock: FixedClock, fetch: Callable[[str], tuple[int, bytes]]
    ) -> None:
        key = self.key(clock, extension="png")
        store.put(key, io.BytesIO(b"picture"), "image/png")
        url = store.url(key, 600)
        assert url.startswith(("http://", "https://")) and url.isascii()
        assert fetch(url) == (200, b"picture")
        clock.move(minutes=10)
        assert fetch(url)[0] == 200
        clock.move(minutes=11)
        assert fetch(url)[0] in (400, 404)

    def test_an_address_is_bound_to_its_file(
        self, store: Files, clock: FixedClock, fetch: Callable[[str], tuple[int, bytes]]
    ) -> None:
        mine, other = self.key(clock), self.key(clock, OTHER)
        for key in (mine, other):
            store.put(key, io.BytesIO(b"x"), "image/jpeg")
        assert fetch(store.url(mine, 600).replace(mine, other))[0] in (400, 404)

    def test_pages_get_one_address_per_file_that_lasts(self, store: Files, clock: FixedClock) -> None:
        keys = [self.key(clock) for _ in range(3)]
        for key in keys:
            store.put(key, io.BytesIO(b"x"), "image/jpeg")
        found = store.addresses(keys, 3600)
        assert list(found) == keys and len(set(found.values())) == 3
        clock.move(minutes=1)
        assert store.addresses(keys, 3600) == found

    def test_a_key_is_made_of_ids_only(self, clock: FixedClock) -> None:
        ids = TimeIds(clock)
        with pytest.raises(BadKey):
            make_key(ids.new(), ids.new(), "../sh")
