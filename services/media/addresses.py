"""How a stored file reaches a browser, a platform, or another act."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from services.kit.app import App
from services.kit.files import FileMissing
from services.media.stores.folder import FolderStore
from services.media.stores.keys import content_type_of, is_key

PAGE_TTL_SECONDS = 3600


def address(app: App, key: str | None, ttl: int = PAGE_TTL_SECONDS) -> str:
    """An address for `img src`, good for at least `ttl` seconds; empty where there is no file to show."""
    return addresses(app, [key] if key else [], ttl).get(key or "", "")


def addresses(app: App, keys: Sequence[str], ttl: int = PAGE_TTL_SECONDS) -> dict[str, str]:
    """Addresses for many pictures in one go, by key; a missing file is left out. Not inside a transaction."""
    return app.files.addresses(keys, ttl) if keys else {}


def download_address(app: App, key: str, name: str, ttl: int = PAGE_TTL_SECONDS) -> str:
    """An address that saves the file under `name`; empty where it is missing."""
    found = address(app, key, ttl)
    return f"{found}&download={quote(name, safe='')}" if found else ""


def asset_bytes(app: App, key: str) -> bytes:
    """
    The whole stored file. Not inside a transaction.

    :raises FileMissing: nothing under this key
    """
    with app.files.open(key) as file:
        return file.read()


def served_file(app: App, key: str, expires: str, signature: str) -> tuple[Path, str]:
    """
    The file behind a signed address of our own, and its content type.

    :raises FileMissing: any reason not to show it; the asker learns nothing more
    """
    store = app.files
    if not isinstance(store, FolderStore) or not is_key(key) or not store.is_signed(key, expires, signature):
        raise FileMissing()
    return store.path(key), content_type_of(key)
