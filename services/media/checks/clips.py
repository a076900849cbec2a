"""Clips: read to their end before anything is stored, without the place they were filmed at."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
from av.container import InputContainer
from av.error import FFmpegError
from PIL import Image

from services.media.checks.sniff import MOV, MP4, Format
from services.media.errors import Damaged, TooLarge

MAX_SECONDS = 3600
MAX_PIXELS = 40_000_000

# The reader is named, never guessed: a guess may take a playlist and open what it points to.
READERS = {"mp4": "mov", "mov": "mov", "webm": "webm"}
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True)
class Clip:
    """What is stored. Sides in pixels as shown; the length in seconds."""

    data: bytes
    format: Format
    width: int
    height: int
    duration_seconds: float


def _reading(file: BinaryIO, extension: str) -> InputContainer:
    file.seek(0)
    return av.open(file, mode="r", format=READERS[extension])


def check_clip(name: str, data: bytes, kind: Format) -> Clip:
    """What is stored of a clip. Raises as `measure`."""
    width, height, length = measure(name, io.BytesIO(data), kind)
    stored = blank_notes(data) if kind in (MP4, MOV) else data
    return Clip(stored, kind, width, height, length)


def measure(name: str, file: BinaryIO, kind: Format) -> tuple[int, int, float]:
    """
    Read every packet and decode the first picture: the sides in pixels as shown, the length in seconds.

    :raises TooLarge: longer or larger than we take
    :raises Damaged: no picture in it, or it ends before its time
    """
    try:
        with _reading(file, kind.extension) as container:
            if not container.streams.video:
                raise Damaged(f"{name} has no picture: it holds sound only.")
            frame = next(container.decode(container.streams.video[0]), None)
        if frame is None:
            raise Damaged(f"{name} is damaged: no picture can be decoded.")
        length, reached = _length(file, kind)
    except (FFmpegError, ValueError, StopIteration) as error:
        raise Damaged(f"{name} is damaged: the video cannot be read.") from error
    if length <= 0 or reached < 0.8 * length:
        raise Damaged(f"{name} is incomplete: the video ends after {reached:.1f} of {length:.1f} seconds.")
    if length > MAX_SECONDS or frame.width * frame.height > MAX_PIXELS:
        raise TooLarge(f"{name} is longer than {MAX_SECONDS // 60} minutes or has too many pixels.")
    width, height = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
    return width, height, round(length, 3)


def first_picture(data: bytes, extension: str) -> Image.Image:
    """The first picture of a stored clip, upright. :raises Damaged: it can no longer be decoded"""
    try:
        with _reading(io.BytesIO(data), extension) as container:
            frame = next(container.decode(container.streams.video[0]))
            picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            return picture.rotate(frame.rotation, expand=True)
    except (FFmpegError, ValueError, IndexError, StopIteration) as error:
        raise Damaged("The stored video can no longer be decoded.") from error


def _length(file: BinaryIO, kind: Format) -> tuple[float, float]:
    """Seconds the clip claims, and seconds of it that are really there."""
    with _reading(file, kind.extension) as container:
        stream = container.streams.video[0]
        base: Any = stream.time_base or 0
        claimed = stream.duration * base if stream.duration else (container.duration or 0) / av.time_base
        start, reached = None, 0.0
        for packet in container.demux(stream):
            if packet.pts is None or packet.is_corrupt or not packet.size:
                continue
            start = packet.pts if start is None else min(start, packet.pts)
            reached = max(reached, float((packet.pts + (packet.duration or 0) - start) * base))
    return float(claimed) or reached, reached


def blank_notes(data: bytes) -> bytes:
    """
    An MP4 or QuickTime file whose notes (place, device, XMP) are overwritten with nothing.

    Boxes keep their length and become `free`, so that no offset in the file moves (ISO/IEC 14496-12, 8.1.2).
    """
    out = bytearray(data)
    for at, header, end in _notes(out, 0, len(out)):
        out[at + 4 : at + 8] = b"free"
        out[at + header : end] = bytes(end - at - header)
    return bytes(out)


def _notes(data: bytearray, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    for at, header, end in _boxes(data, start, stop):
        name = bytes(data[at + 4 : at + 8])
        if name in (b"udta", b"meta") or (name == b"uuid" and data[at + header : at + header + 16] == _XMP_BOX):
            yield at, header, end
        elif name in (b"moov", b"trak"):
            yield from _notes(data, at + header, end)


def _boxes(data: bytearray, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Offset, length of the header, and end of each box; stops at the first that does not fit."""
    while start + 8 <= stop:
        (size,) = struct.unpack_from(">I", data, start)
        header = 8
        if size == 1 and start + 16 <= stop:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            header = 16
        end = stop if size == 0 else start + size
        if end > stop or end < start + header:
            return
        yield start, header, end
        start = end
