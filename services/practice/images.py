"""Pictures as the platforms take them: fetched without redirects, decoded, measured, kept by content."""

import hashlib
import io
import warnings
from dataclasses import dataclass

import httpx
from PIL import Image, UnidentifiedImageError

from services.practice.world import World

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "BMP": "image/bmp", "TIFF": "image/tiff"}
_RARER = {"WEBP": "image/webp"}  # only where a platform asks for them
FETCH_SECONDS = 20.0


class NotFetched(Exception):
    """The address did not give the file; the message says why."""


class NotAPicture(Exception):
    """The bytes are no picture in a known format, or are cut short."""


@dataclass(frozen=True)
class Fetched:
    """What an address gave."""

    content_type: str
    body: bytes


@dataclass(frozen=True)
class Picture:
    """Size in pixels; `format` as Pillow names it."""

    format: str
    width: int
    height: int

    @property
    def content_type(self) -> str:
        return (_TYPES | _RARER)[self.format]

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def fetch(world: World, address: str, *, limit_bytes: int) -> Fetched:
    """
    Get a file from a public address; of a longer one only a little more than `limit_bytes` is read.

    :raises NotFetched: no plain 200 from that very address
    """
    if not address.startswith(("http://", "https://")):
        raise NotFetched("the address is not an http address")
    body = b""
    try:
        with world.http.stream("GET", address, timeout=FETCH_SECONDS) as answer:
            if answer.status_code != 200:
                raise NotFetched(f"the address answered {answer.status_code}")
            for part in answer.iter_bytes():
                body += part
                if len(body) > limit_bytes:
                    break
            kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise NotFetched(type(problem).__name__) from problem
    return Fetched(kind, body)


def measure(body: bytes, *, also: tuple[str, ...] = ()) -> Picture:
    """Decode a picture to the last line; `also` WEBP, as Pillow names it. :raises NotAPicture:"""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=[*_TYPES, *also]) as picture:
                picture.load()
                return Picture(str(picture.format), picture.width, picture.height)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise NotAPicture(type(problem).__name__) from problem


def keep(world: World, picture: Picture, body: bytes) -> str:
    """Store the bytes as they came; returns their sha256 in hex."""
    sha256 = hashlib.sha256(body).hexdigest()
    world.store.run(
        "insert into images (sha256, content_type, width, height, body)"
        " values (:sha256, :kind, :width, :height, :body) on conflict do nothing",
        sha256=sha256,
        kind=picture.content_type,
        width=picture.width,
        height=picture.height,
        body=body,
    )
    return sha256
