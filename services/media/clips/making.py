"""A clip written anew as MP4 with H.264 and AAC, piece by piece: neither clip is ever whole in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOSPC
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.stream import Stream
from av.video.frame import VideoFrame

from services.media.checks.clips import MAX_PIXELS
from services.media.clips.pictures import Pictures, rate_of
from services.media.clips.sound import RATE, Sound
from services.media.clips.wanted import (
    SOUND_BITS,
    ClipWanted,
    clip_size,
    kept_seconds,
    picture_bits,
    worth_its_bits,
)
from services.media.errors import CannotFit, Damaged

Told = Callable[[float, float], None]  # seconds made, seconds in all; what it raises ends the work

_SQUEEZES = (1.0, 0.8, 0.6)
_BROKEN = (FFmpegError, ValueError, ArithmeticError)
_THREADS = 2  # the rest of the machine publishes
_MEDIUM = "The clip is damaged: "


@dataclass(frozen=True)
class _Source:
    """What is read, and how much of it: `reader` names FFmpeg's, which never guesses."""

    file: BinaryIO
    reader: str
    width: int
    height: int
    seconds: float


def make_clip(
    file: BinaryIO, reader: str, size: tuple[int, int], length: float, wanted: ClipWanted, out: Path, told: Told
) -> None:
    """
    Write to `out` what is wanted of a clip.

    :param reader: FFmpeg's name for the format the file is in: mov or webm
    :param size: pixels of the clip as it is shown; `length` in seconds
    :raises Damaged: a part that is wanted cannot be decoded, or is not there
    :raises CannotFit: nothing worth showing is that small, or its sound is in no form we read
    """
    source = _Source(file, reader, *size, kept_seconds(length, wanted))
    if source.seconds <= 0:
        raise CannotFit("The clip ends before the part that is wanted of it.")
    for squeeze in _SQUEEZES:
        file.seek(0)
        try:
            reached = _written(source, wanted, squeeze, out, told)
        except _BROKEN as error:
            if getattr(error, "errno", None) == ENOSPC:
                raise
            raise Damaged(f"{_MEDIUM}a part that is wanted of it cannot be read.") from error
        if reached < 0.8 * source.seconds:
            raise Damaged(f"{_MEDIUM}its pictures end after {reached:.1f} of {source.seconds:.1f} seconds.")
        if wanted.bytes_max is None or out.stat().st_size <= wanted.bytes_max:
            return
    raise CannotFit("This clip is too long for so few bytes. Cut it shorter.")


def _written(source: _Source, wanted: ClipWanted, squeeze: float, out: Path, told: Told) -> float:
    """Seconds of pictures that were written."""
    with (
        av.open(source.file, mode="r", format=source.reader) as container,
        av.open(str(out), mode="w", format="mp4", container_options={"movflags": "+faststart", "fflags": "+bitexact"})
        as made,
    ):  # fmt: skip
        if not container.streams.video:
            raise Damaged(f"{_MEDIUM}it has no picture.")
        return _Making(source, wanted, squeeze, container, made, told).run()


class _Making:
    """One pass through the clip."""

    def __init__(
        self,
        source: _Source,
        wanted: ClipWanted,
        squeeze: float,
        read: InputContainer,
        made: OutputContainer,
        told: Told,
    ) -> None:
        self._source, self._read, self._made, self._told = source, read, made, told
        self._video: Any = read.streams.video[0]
        self._video.thread_type = "AUTO"
        self._video.codec_context.thread_count = _THREADS
        self._video.codec_context.options = {"max_pixels": str(MAX_PIXELS)}  # a clip may grow midway
        self._audio: Any = next(iter(read.streams.audio), None)
        if self._audio is not None and self._audio.codec_context is None:
            raise CannotFit("The sound of this clip is in a form that we cannot read. Export it with AAC sound.")
        self._begin = (read.start_time or 0) / av.time_base + wanted.start_seconds
        rate = rate_of(self._video.average_rate)
        size = self._size(wanted, rate, squeeze)
        self._pictures = Pictures(size, wanted.way, rate, self._video.sample_aspect_ratio)
        self._video_out, self._audio_out = self._streams(size, rate)
        self._is_cut = wanted.seconds_max is not None
        self._sound = Sound(self._begin, source.seconds)
        self._reached, self._told_at = 0.0, 0.0

    def _size(self, wanted: ClipWanted, rate: Fraction, squeeze: float) -> tuple[int, int]:
        has_sound = self._audio is not None
        bits = picture_bits(self._source.seconds, wanted.bytes_max, has_sound=has_sound, squeeze=squeeze)
        if bits is None:
            raise CannotFit("This clip is too long for so few bytes. Cut it shorter.")
        self._bits = bits
        full = clip_size(self._source.width, self._source.height, wanted)
        return worth_its_bits(full, float(rate), bits, wanted.width_min)

    def _streams(self, size: tuple[int, int], rate: Fraction) -> tuple[Any, Any]:
        options = {
            "preset": "veryfast", "crf": "21", "profile": "high", "maxrate": str(self._bits),
            "bufsize": str(2 * self._bits), "threads": str(_THREADS),
        }  # fmt: skip
        video: Any = self._made.add_stream("libx264", rate=rate, options=options)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.time_base = 1 / rate
        video.gop_size = max(1, round(2 * rate))  # platforms ask for a key picture every two to five seconds
        if self._audio is None:
            return video, None
        audio: Any = self._made.add_stream("aac", rate=RATE, layout="stereo")
        audio.bit_rate, audio.time_base = SOUND_BITS, Fraction(1, RATE)
        return video, audio

    def run(self) -> float:
        if self._begin > 0:
            self._read.seek(int(self._begin * av.time_base))
        wanted: list[Stream] = [one for one in (self._video, self._audio) if one is not None]
        done: set[int] = set()
        for packet in self._read.demux(wanted):
            if packet.stream.index in done:
                continue
            if packet.dts is not None and float(packet.dts * packet.time_base) > self._end + 1:
                done.add(packet.stream.index)
                if len(done) == len(wanted):
                    break
                continue
            for frame in packet.decode():
                self._take(frame)
        for picture in self._pictures.flush():
            self._write(self._video_out, picture)
        for piece in self._sound.flush():
            self._write(self._audio_out, piece)
        for stream in (self._video_out, self._audio_out):
            if stream is not None:
                self._made.mux(stream.encode())
        return self._reached

    @property
    def _end(self) -> float:
        return self._begin + self._source.seconds

    def _take(self, frame: Any) -> None:
        if not isinstance(frame, VideoFrame):
            for piece in self._sound.push(frame):
                self._write(self._audio_out, piece)
            return
        if frame.pts is None or frame.time_base is None or not self._begin <= frame.time < self._end:
            return
        frame.pts -= round(self._begin / frame.time_base)
        for picture in self._pictures.push(frame):
            self._write(self._video_out, picture)

    def _write(self, stream: Any, frame: Any) -> None:
        if stream is self._video_out:
            frame.pict_type = 0  # the encoder decides, not the source
            ends = float((frame.pts + 1) * frame.time_base)
            if self._is_cut and ends > self._source.seconds + 0.001:
                return
            self._reached = ends
            if self._reached - self._told_at >= 1:
                self._told_at = self._reached
                self._told(self._reached, self._source.seconds)
        self._made.mux(stream.encode(frame))
