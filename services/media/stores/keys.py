"""Names of stored files: `<org>/<uuid>.<ext>`, ASCII, so that no name from outside ever becomes a path."""

import re
from uuid import UUID

from services.kit.files import BadKey

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY = re.compile(rf"{_UUID}/{_UUID}\.[a-z0-9]{{1,8}}", re.ASCII)
_FOLDER = re.compile(rf"(?:{_UUID}/)?", re.ASCII)

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}


def make_key(org_id: UUID, file_id: UUID, extension: str) -> str:
    """:raises BadKey: the extension is not one to eight ASCII letters and digits"""
    return checked_key(f"{org_id}/{file_id}.{extension}")


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """:raises BadKey: not of the form `<org>/<uuid>.<ext>`"""
    if not is_key(key):
        raise BadKey()
    return key


def checked_prefix(prefix: str) -> str:
    """An organisation's folder `<org>/`, or nothing for all. :raises BadKey: anything else"""
    if _FOLDER.fullmatch(prefix) is None:
        raise BadKey()
    return prefix


def content_type_of(key: str) -> str:
    """By the extension we gave; what is no picture or clip is told as plain bytes."""
    return CONTENT_TYPES.get(key.rpartition(".")[2], "application/octet-stream")


def expiry(now_seconds: float, ttl_seconds: int) -> int:
    """
    When an address made now ends, in Unix seconds: the end of the next whole period of `ttl_seconds`.

    So it lives one to two periods, and stays the same for a whole one: a browser does not load a picture again on every
    rerun of a page.
    """
    return (int(now_seconds) // ttl_seconds + 2) * ttl_seconds
