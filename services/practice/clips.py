"""Clips as the platforms take them: opened, measured, read to the end, kept by content beside the pictures."""

import hashlib
import io
from dataclasses import dataclass
from fractions import Fraction

import av
import av.error

from services.practice.world import World

_TYPES = {"mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mkv": "video/x-matroska"}
_WHOLE = 0.9  # a file whose last picture stands before this part of its time was cut short


class NotAClip(Exception):
    """The bytes are no clip in a known format, have no picture, or are cut short."""


@dataclass(frozen=True)
class Clip:
    """Pixels as shown, after rotation; `format` is mp4, mov, webm or mkv; `codec` as FFmpeg names it; `audio` too."""

    format: str
    codec: str
    width: int
    height: int
    seconds: float
    frames_per_second: float = 0.0
    audio: str = ""

    @property
    def content_type(self) -> str:
        return _TYPES[self.format]

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def measure(body: bytes) -> Clip:
    """Open a clip, decode its first picture and read it to its end. :raises NotAClip:"""
    try:
        with av.open(io.BytesIO(body), mode="r") as opened:
            return _measured(opened, body)
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as problem:
        raise NotAClip(type(problem).__name__) from problem


def keep(world: World, clip: Clip, body: bytes) -> str:
    """Store the bytes as they came; returns their sha256 in hex."""
    sha256 = hashlib.sha256(body).hexdigest()
    world.store.run(
        "insert into images (sha256, content_type, width, height, body, seconds)"
        " values (:sha256, :kind, :width, :height, :body, :seconds) on conflict do nothing",
        sha256=sha256,
        kind=clip.content_type,
        width=clip.width,
        height=clip.height,
        body=body,
        seconds=clip.seconds,
    )
    return sha256


def _measured(opened: "av.container.InputContainer", body: bytes) -> Clip:
    if not opened.streams.video:
        raise NotAClip("there is no picture in it")
    stream = opened.streams.video[0]
    first = next(iter(opened.decode(stream)), None)
    if first is None:
        raise NotAClip("its first picture cannot be read")
    last = first.pts or 0
    for packet in opened.demux(stream):
        last = max(last, (packet.pts or 0) + (packet.duration or 0))
    base = stream.time_base or Fraction(1, av.time_base)
    seconds = (opened.duration or 0) / av.time_base or float(last * base)
    if float(last * base) < seconds * _WHOLE and float(last * base) < seconds - 1:
        raise NotAClip("it was cut short")
    is_turned = abs(first.rotation) % 180 == 90
    width, height = (first.height, first.width) if is_turned else (first.width, first.height)
    audio = opened.streams.audio[0].codec_context.name if opened.streams.audio else ""
    codec = stream.codec_context.name
    return Clip(
        _format(opened.format.name, body), codec, width, height, seconds, float(stream.average_rate or 0), audio
    )


def _format(name: str, body: bytes) -> str:
    if "mp4" in name.split(","):
        return "mov" if body[8:12] == b"qt  " else "mp4"
    if "webm" in name.split(","):
        return "webm" if b"webm" in body[:64] else "mkv"
    raise NotAClip(f"{name} is no format for clips")
