"""The sound of a clip: AAC, stereo, 48 kHz, in step with the pictures."""

from collections.abc import Iterator

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

RATE = 48_000


class Sound:
    """Takes decoded sound, gives what is to be encoded, from the first moment kept to the last."""

    def __init__(self, start: float, seconds: float) -> None:
        """:param start: where what is kept begins, in seconds of the source; `seconds` how long it is"""
        self._start, self._end = start, start + seconds
        self._resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE, frame_size=1024)
        self._next: int | None = None  # the place of the next sample in what is made

    def push(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """Pieces that lie wholly outside are left out: a cut is right to a fiftieth of a second."""
        at = frame.time
        if at is None or at >= self._end or at + frame.samples / frame.sample_rate <= self._start:
            return
        if self._next is None:
            self._next = max(0, round((at - self._start) * RATE))
        frame.pts = None
        yield from self._placed(frame)

    def flush(self) -> Iterator[AudioFrame]:
        """What is still held."""
        if self._next is not None:
            yield from self._placed(None)

    def _placed(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        for made in self._resampler.resample(frame):
            assert self._next is not None
            made.pts = self._next
            self._next += made.samples
            yield made
