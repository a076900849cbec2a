"""Files in Supabase Storage: the hosted store. A private bucket; who may read is decided by our rows, not by it."""

import hashlib
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx
from storage3 import SyncStorageClient
from storage3.exceptions import StorageApiError

from services.kit.clock import Clock
from services.kit.errors import AppError, OutcomeUnknown, RateLimited, Unavailable
from services.kit.files import BadKey, FileExists, FileForbidden, FileMissing, StoredFile
from services.kit.http import Client, Response
from services.media.errors import TooLarge
from services.media.stores.keys import checked_key, checked_prefix, expiry

_CHUNK_BYTES = 1024 * 1024
_PAGE = 1000
_REMEMBERED = 20_000
_NO_BUCKET = "Bucket not found"

_BY_STATUS: dict[str, type[AppError]] = {
    "401": FileForbidden,
    "403": FileForbidden,
    "404": FileMissing,
    "409": FileExists,
    "413": TooLarge,
    "429": RateLimited,
}


class SupabaseStore:
    """
    Speaks to one bucket with the project's secret key, which never leaves this process.

    The new keys are no JWTs and travel as `apikey` alone; a legacy key is also sent as bearer.
    """

    def __init__(self, url: str, secret_key: str, bucket: str, http: Client, clock: Clock, media_url: str = "") -> None:
        headers = {"apikey": secret_key}
        if secret_key.startswith("eyJ"):
            headers["Authorization"] = f"Bearer {secret_key}"
        self._client = SyncStorageClient(f"{url}/storage/v1/", headers, http_client=http)
        self._http, self._headers = http, headers
        self._bucket_name, self._bucket, self._clock = bucket, self._client.from_(bucket), clock
        self._url, self._media_url = url, media_url
        self._signed: dict[str, tuple[str, int]] = {}
        self._lock = threading.Lock()

    def put(self, key: str, data: BinaryIO, content_type: str) -> StoredFile:
        """
        Send the whole file; Storage shows it only once it is complete.

        :raises FileExists: the key is taken
        :raises BadKey: not a key of this store
        :raises OutcomeUnknown: no clear answer; the key may be taken now
        """
        checked_key(key)
        digest, size = hashlib.sha256(), 0
        with tempfile.TemporaryDirectory(prefix="loopdesk-") as folder:
            whole = Path(folder) / "upload"
            with whole.open("wb") as out:
                while chunk := data.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
            self._upload(key, whole, content_type)
        return StoredFile(key, size, digest.hexdigest(), content_type)

    def _upload(self, key: str, whole: Path, content_type: str) -> None:
        try:
            self._bucket.upload(key, whole, {"content-type": content_type, "cache-control": "3600"})
        except StorageApiError as error:
            if error.message != _NO_BUCKET:
                raise _translated(error) from error
            with _errors():
                self._client.create_bucket(self._bucket_name, options={"public": False})
            self._upload(key, whole, content_type)
        except httpx.TransportError as error:
            raise _transport(error, writes=True) from error

    def open(self, key: str) -> BinaryIO:
        """
        The file, brought here piece by piece: a long clip is never whole in memory.

        :raises FileMissing: nothing under this key
        """
        address = f"{self._url}/storage/v1/object/{self._bucket_name}/{checked_key(key)}"
        whole = tempfile.TemporaryFile(prefix="loopdesk-")  # noqa: SIM115 - the reader closes it
        try:
            with _errors(), self._http.stream("GET", address, headers=self._headers) as answer:
                if not answer.is_success:
                    raise _refused(answer)
                for piece in answer.iter_bytes(_CHUNK_BYTES):
                    whole.write(piece)
            whole.seek(0)
        except BaseException:
            whole.close()
            raise
        return whole

    def url(self, key: str, ttl_seconds: int) -> str:
        """
        An absolute address for others to fetch, on the media host where there is one of its own.

        :raises FileMissing: nothing under this key
        """
        found = self.addresses([key], ttl_seconds)
        if key not in found:
            raise FileMissing()
        return found[key].replace(self._url, self._media_url, 1) if self._media_url else found[key]

    def addresses(self, keys: Sequence[str], ttl_seconds: int) -> dict[str, str]:
        """Signed addresses by key, made in one call and the same for a whole period; what is missing is left out."""
        ends_at = expiry(self._clock.now().timestamp(), ttl_seconds)
        with self._lock:
            known = {k: self._signed[k][0] for k in keys if k in self._signed and self._signed[k][1] == ends_at}
        wanted = [checked_key(key) for key in dict.fromkeys(keys) if key not in known]
        if not wanted:
            return known
        lasts_seconds = ends_at - int(self._clock.now().timestamp())
        with _errors():
            answers = self._bucket.create_signed_urls(wanted, lasts_seconds)
        made = {str(one["path"]): str(one["signedURL"]) for one in answers if one["signedURL"] and not one["error"]}
        with self._lock:
            if len(self._signed) > _REMEMBERED:
                self._signed.clear()
            self._signed.update({key: (address, ends_at) for key, address in made.items()})
        return known | made

    def delete(self, keys: Sequence[str]) -> list[str]:
        """The keys that were there and are gone now; Storage leaves the others out of its answer."""
        if not keys:
            return []
        wanted = [checked_key(key) for key in keys]
        with _errors():
            answers = self._bucket.remove(wanted)
        with self._lock:
            for key in wanted:
                self._signed.pop(key, None)
        gone = {str(one["name"]) for one in answers}
        return [key for key in wanted if key in gone]

    def list(self, prefix: str) -> list[str]:
        """Every key of an organisation (`<org>/`), or of all (nothing), in order."""
        folder = checked_prefix(prefix).rstrip("/")
        folders = [folder] if folder else [name for name, is_file in self._entries("") if not is_file]
        return sorted(f"{one}/{name}" for one in folders for name, is_file in self._entries(one) if is_file)

    def _entries(self, folder: str) -> Iterator[tuple[str, bool]]:
        offset = 0
        while True:
            with _errors():
                page = self._bucket.list(folder, {"limit": _PAGE, "offset": offset})
            yield from ((str(one["name"]), one["id"] is not None) for one in page)
            if len(page) < _PAGE:
                return
            offset += _PAGE


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except StorageApiError as error:
        raise _translated(error) from error
    except httpx.TransportError as error:
        raise _transport(error, writes=False) from error


def _refused(answer: Response) -> StorageApiError:
    """What Storage says against a download, as its client would tell it."""
    answer.read()
    try:
        told = answer.json()
        return StorageApiError(told["message"], told["error"], told["statusCode"])
    except (KeyError, TypeError, ValueError):
        return StorageApiError("", "InternalError", answer.status_code)


def _translated(error: StorageApiError) -> AppError:
    """Storage answers 400 to nearly everything and tells the real status as text in the body."""
    status = str(error.status)
    if error.code in ("InvalidKey", "Invalid key"):
        return BadKey()
    if status in _BY_STATUS:
        return _BY_STATUS[status]()
    return Unavailable(f"Storage answered {status} {error.code}")


def _transport(error: httpx.TransportError, *, writes: bool) -> AppError:
    refused = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    if writes and not refused:
        return OutcomeUnknown(f"Storage gave no clear answer: {type(error).__name__}")
    return Unavailable(f"Storage could not be reached: {type(error).__name__}")
