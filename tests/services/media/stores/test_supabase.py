"""The hosted store: the contract over real HTTP, and what only a network can get wrong."""

import io
import tracemalloc
from collections.abc import Callable, Iterator

import httpx
import pytest

from services.kit.clock import FixedClock
from services.kit.errors import OutcomeUnknown, Unavailable
from services.kit.files import FileForbidden
from services.kit.http import make_client
from services.media.stores.supabase import SupabaseStore
from tests.makers.world import START
from tests.services.media.stores.contract import ORG, FilesContract
from tests.stand_ins.supabase_storage import SECRET_KEY, StandIn, running


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def project(clock: FixedClock) -> Iterator[StandIn]:
    with running(clock) as stand_in:
        stand_in.objects["media"] = {}
        yield stand_in


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with make_client(5) as client:
        yield client


@pytest.fixture
def store(project: StandIn, http: httpx.Client, clock: FixedClock) -> SupabaseStore:
    return SupabaseStore(project.url, SECRET_KEY, "media", http, clock)


@pytest.fixture
def fetch(http: httpx.Client) -> Callable[[str], tuple[int, bytes]]:
    def get(url: str) -> tuple[int, bytes]:
        answer = http.get(url)
        return answer.status_code, answer.content

    return get


class TestSupabaseStore(FilesContract):
    def test_the_type_is_stored_with_the_file(self, store: SupabaseStore, project: StandIn, clock: FixedClock) -> None:
        key = self.key(clock, extension="png")
        store.put(key, io.BytesIO(b"x"), "image/png")
        assert project.objects["media"][key] == (b"x", "image/png")

    def test_a_page_of_pictures_is_one_call_and_then_none(
        self, store: SupabaseStore, project: StandIn, clock: FixedClock
    ) -> None:
        keys = [self.key(clock) for _ in range(60)]
        project.objects["media"] = dict.fromkeys(keys, (b"x", "image/jpeg"))
        store.addresses(keys, 3600)
        store.addresses(keys[10:], 3600)
        assert project.calls == [("POST", "object/sign/media")]

    def test_a_missing_picture_is_left_out_of_the_page(self, store: SupabaseStore, clock: FixedClock) -> None:
        assert store.addresses([self.key(clock)], 3600) == {}

    def test_the_private_bucket_is_made_with_the_first_file(
        self, store: SupabaseStore, project: StandIn, clock: FixedClock
    ) -> None:
        project.objects.clear()
        store.put(self.key(clock), io.BytesIO(b"x"), "image/jpeg")
        assert len(project.objects["media"]) == 1

    def test_more_files_than_one_answer_holds_are_listed(
        self, store: SupabaseStore, project: StandIn, clock: FixedClock
    ) -> None:
        keys = sorted(self.key(clock) for _ in range(1001))
        project.objects["media"] = dict.fromkeys(keys, (b"x", "image/jpeg"))
        assert store.list(f"{ORG}/") == keys

    def test_a_wrong_key_is_forbidden(self, project: StandIn, http: httpx.Client, clock: FixedClock) -> None:
        stranger = SupabaseStore(project.url, "sb_secret_other", "media", http, clock)
        with pytest.raises(FileForbidden):
            stranger.put(self.key(clock), io.BytesIO(b"x"), "image/jpeg")

    def test_a_failing_gateway_is_unavailable(self, store: SupabaseStore, project: StandIn, clock: FixedClock) -> None:
        project.fails_with = 502
        with pytest.raises(Unavailable, match="502"):
            store.open(self.key(clock))

    def test_a_long_clip_is_read_piece_by_piece(self, clock: FixedClock) -> None:
        piece, pieces = bytes(1024 * 1024), 48

        class Clip(httpx.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                yield from (piece for _ in range(pieces))

        http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Clip())))
        store = SupabaseStore("http://x", SECRET_KEY, "media", http, clock)
        tracemalloc.start()
        try:
            with store.open(self.key(clock)) as file:
                assert file.seek(0, io.SEEK_END) == pieces * len(piece)
            assert tracemalloc.get_traced_memory()[1] < 16 * len(piece)
        finally:
            tracemalloc.stop()

    def test_a_clip_that_breaks_off_is_unavailable(self, clock: FixedClock) -> None:
        class Broken(httpx.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                yield b"some"
                raise httpx.RemoteProtocolError("gone")

        http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Broken())))
        with pytest.raises(Unavailable):
            SupabaseStore("http://x", SECRET_KEY, "media", http, clock).open(self.key(clock))

    def test_a_refused_connection_is_unavailable_and_a_lost_answer_is_unknown(self, clock: FixedClock) -> None:
        def transport(error: type[httpx.TransportError]) -> httpx.Client:
            def fail(request: httpx.Request) -> httpx.Response:
                raise error("gone")

            return httpx.Client(transport=httpx.MockTransport(fail))

        key = self.key(clock)
        for error, expected in ((httpx.ConnectError, Unavailable), (httpx.ReadTimeout, OutcomeUnknown)):
            with pytest.raises(expected):
                SupabaseStore("http://x", SECRET_KEY, "media", transport(error), clock).put(
                    key, io.BytesIO(b"x"), "image/jpeg"
                )
        with pytest.raises(Unavailable):
            SupabaseStore("http://x", SECRET_KEY, "media", transport(httpx.ReadTimeout), clock).list("")
