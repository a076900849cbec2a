"""The embedded store: the contract, and what only a folder can get wrong."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services.api.media import routes
from services.kit.clock import FixedClock
from services.kit.crypto import AddressSigner
from services.kit.files import BadKey
from services.media.stores.folder import FolderStore
from tests.makers.world import START
from tests.services.media.stores.contract import ORG, OTHER, FilesContract


class _OnlyFiles:
    def __init__(self, files: FolderStore) -> None:
        self.files = files


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> FolderStore:
    return FolderStore(tmp_path / "a folder" / "files", "http://127.0.0.1:8501", AddressSigner(b"k" * 32), clock)


@pytest.fixture
def fetch(store: FolderStore) -> Callable[[str], tuple[int, bytes]]:
    client = TestClient(Starlette(routes=routes(lambda: _OnlyFiles(store))))  # type: ignore[arg-type, return-value]

    def get(url: str) -> tuple[int, bytes]:
        answer = client.get(url.removeprefix("http://127.0.0.1:8501"))
        return answer.status_code, answer.content

    return get


class TestFolderStore(FilesContract):
    def test_files_are_closed_to_other_accounts(self, store: FolderStore, tmp_path: Path, clock: FixedClock) -> None:
        key = self.key(clock)
        store.put(key, io.BytesIO(b"x"), "image/jpeg")
        path = store.path(key)
        assert (path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (0, 0)

    def test_a_link_that_leads_out_of_the_folder_is_not_followed(self, store: FolderStore, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / f"{OTHER}.jpg").write_bytes(b"secret")
        (tmp_path / "a folder" / "files").mkdir(parents=True)
        (tmp_path / "a folder" / "files" / ORG).symlink_to(outside)
        with pytest.raises(BadKey):
            store.open(f"{ORG}/{OTHER}.jpg")

    def test_a_file_left_half_written_is_not_listed(
        self, store: FolderStore, tmp_path: Path, clock: FixedClock
    ) -> None:
        key = self.key(clock)
        store.put(key, io.BytesIO(b"x"), "image/jpeg")
        (store.path(key).parent / ".abc.part").write_bytes(b"half")
        assert store.list(f"{ORG}/") == [key]

    def test_another_key_signs_other_addresses(self, store: FolderStore, tmp_path: Path, clock: FixedClock) -> None:
        key = self.key(clock)
        elsewhere = FolderStore(tmp_path, "http://127.0.0.1:8501", AddressSigner(b"z" * 32), clock)
        assert store.addresses([key], 60) != elsewhere.addresses([key], 60)
