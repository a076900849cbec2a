"""A clip whose first picture is small may not fill the memory with its later ones."""

import io
from fractions import Fraction
from pathlib import Path

import av
import pytest

from services import media
from services.media.clips import making
from tests.makers.clips import clip_bytes

_SMALL, _LARGE = (320, 240), (640, 480)


def _growing() -> bytes:
    """VP8 pictures carry their own size; the container tells the first one's."""
    out, place = io.BytesIO(), 0
    parts = [clip_bytes(width=w, height=h, seconds=1, codec="libvpx", format="webm") for w, h in (_SMALL, _LARGE)]
    with av.open(io.BytesIO(parts[0])) as first, av.open(io.BytesIO(parts[1])) as second:
        with av.open(out, "w", format="webm") as made:
            stream = made.add_stream_from_template(first.streams.video[0])
            for source in (first, second):
                for packet in source.demux(source.streams.video[0]):
                    if packet.size:
                        packet.stream, packet.time_base = stream, Fraction(1, 1000)
                        packet.pts = packet.dts = place * 41
                        place += 1
                        made.mux(packet)
    return out.getvalue()


def _make(tmp_path: Path) -> None:
    data = io.BytesIO(_growing())
    making.make_clip(data, "webm", _SMALL, 1.9, media.ClipWanted(), tmp_path / "made.mp4", lambda *_: None)


def test_one_that_stays_within_the_pixels_we_take_is_made(tmp_path: Path) -> None:
    _make(tmp_path)
    with av.open(tmp_path / "made.mp4") as made:
        assert (made.streams.video[0].width, made.streams.video[0].height) == _SMALL


def test_one_that_grows_beyond_them_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MAX_PIXELS", _SMALL[0] * _SMALL[1] * 2)
    with pytest.raises(media.Damaged):
        _make(tmp_path)
