"""Whether a file may be stored: decided by its content, in pure functions."""

import hashlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import PurePosixPath

from services.kit.crypto import sha256_hex
from services.kit.text import clip
from services.media.checks import clips, pictures, sniff
from services.media.errors import Empty, NotMedia, TooLarge
from services.media.models import Kind

_NAME_LIMIT = 160


@dataclass(frozen=True)
class Checked:
    """
    A file that may be stored: the bytes to store, what they are, and a note where something was changed.

    `data` is empty for a clip made here, which is stored from its file as it is.
    """

    name: str
    data: bytes
    kind: Kind
    content_type: str
    extension: str
    width: int
    height: int
    duration_seconds: float | None
    original_sha256: str
    note: str


def check_file(name: str, data: bytes, limit_mb: int) -> Checked:
    """
    Look at a file's content and prepare what is stored.

    :raises Empty: it has no bytes
    :raises TooLarge: over `limit_mb` million bytes, or too many pixels or seconds
    :raises NotMedia: it is something else, whatever its name says
    :raises Damaged: it cannot be read to its end
    """
    name = plain_name(name)
    if not data:
        raise Empty(f"{name} is empty (0 bytes).")
    if len(data) > limit_mb * 1_000_000:
        raise TooLarge(f"{name} has {len(data) / 1e6:,.0f} MB; at most {limit_mb} MB are accepted.")
    found = sniff.format_of(data)
    if found is None:
        raise NotMedia(f"{name} is {sniff.other_name(data)}, not a picture or video we can use.")
    length: float | None = None
    kept: pictures.Picture | clips.Clip
    notes = [_renamed(name, found)]
    if found.kind is Kind.IMAGE:
        kept = pictures.check_picture(name, data, found)
        notes.append(kept.note)
    else:
        kept = clips.check_clip(name, data, found)
        length = kept.duration_seconds
    form = kept.format
    return Checked(
        name,
        kept.data,
        form.kind,
        form.content_type,
        form.extension,
        kept.width,
        kept.height,
        length,
        sha256_hex(data),
        " ".join(filter(None, notes)),
    )


def check_made_clip(name: str, file: BufferedReader, limit_mb: int) -> Checked:
    """
    The same for an MP4 clip made here, read piece by piece.

    :raises TooLarge: over `limit_mb` million bytes, or too many seconds
    :raises Damaged: it cannot be read to its end
    """
    width, height, length = clips.measure(name, file, sniff.MP4)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    if file.tell() > limit_mb * 1_000_000:
        raise TooLarge(f"{name} has {file.tell() / 1e6:,.0f} MB; at most {limit_mb} MB are accepted.")
    form = sniff.MP4
    return Checked(name, b"", form.kind, form.content_type, form.extension, width, height, length, digest, "")


def plain_name(name: str) -> str:
    """A name for people: without folders and control characters, at most 160 characters, never empty."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    return clip(shown, _NAME_LIMIT) or "unnamed"


def _renamed(name: str, found: sniff.Format) -> str:
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if not ending or ending in found.endings:
        return ""
    return f"Named .{clip(ending, 12)}, but it is a {found.name}."


__all__ = ["Checked", "check_file", "check_made_clip", "plain_name"]
