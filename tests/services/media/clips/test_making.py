"""Clips written anew: each shape without distortion, cut as asked, within the bytes; hostile ones give a sentence."""

import io
import tracemalloc
from pathlib import Path

import av
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services import media
from services.media.checks import check_file
from services.media.clips.making import make_clip
from services.media.clips.wanted import worth_its_bits
from tests.makers.clips import clip_bytes
from tests.makers.media import fixture

FRIDAY = (640, 480), 6.166


def _made(tmp_path: Path, data: bytes, size: tuple[int, int], length: float, reader: str = "mov", **wanted: object):
    """What is made, as the library's own checks measure it, and its bytes."""
    out, heard = tmp_path / "made.mp4", []
    make_clip(io.BytesIO(data), reader, size, length, media.ClipWanted(**wanted), out, lambda *far: heard.append(far))
    return check_file("made.mp4", out.read_bytes(), 50), heard


def _codecs(data: bytes) -> list[str]:
    with av.open(io.BytesIO(data)) as container:
        return sorted(stream.codec_context.name for stream in container.streams)


def _middle(data: bytes, at: tuple[float, float]) -> tuple[int, int, int]:
    """The colour at a place of the first picture, in shares of its sides."""
    with av.open(io.BytesIO(data)) as container:
        picture = next(container.decode(video=0)).to_image()
    return picture.getpixel((int(picture.width * at[0]), int(picture.height * at[1])))


@given(st.integers(16, 5_000), st.integers(16, 5_000), st.sampled_from(list(media.Way)), st.floats(0.3, 3))
@settings(max_examples=150)
def test_the_size_is_even_within_full_hd_and_has_the_shape(
    width: int, height: int, way: media.Way, shape: float
) -> None:
    wide, high = media.clip_size(width, height, media.ClipWanted(shape=shape, way=way))
    assert wide % 2 == 0 == high % 2 and max(wide, high) <= 1920 and min(wide, high) <= 1080
    if min(wide, high) > 100:
        assert wide / high == pytest.approx(shape, rel=0.03)


def test_few_bits_make_fewer_pixels_down_to_what_the_platform_takes() -> None:
    assert worth_its_bits((1080, 1920), 30, 8_000_000, 1) == (1080, 1920)
    small = worth_its_bits((1080, 1920), 30, 400_000, 1)
    assert small[0] < 540 and small[0] / small[1] == pytest.approx(9 / 16, rel=0.02)
    assert worth_its_bits((1080, 1920), 30, 400_000, 540)[0] >= 540


@pytest.mark.parametrize(
    ("shape", "way", "size"),
    [
        (None, "crop", (640, 480)),
        (9 / 16, "crop", (270, 480)),
        (4 / 5, "pad", (640, 800)),
        (16 / 9, "crop", (640, 360)),
    ],
)
def test_a_clip_gets_the_shape_asked_for(tmp_path: Path, shape: float | None, way: str, size: tuple[int, int]) -> None:
    checked, heard = _made(tmp_path, fixture("friday.mp4"), *FRIDAY, shape=shape, way=way)
    assert (checked.width, checked.height) == size and checked.duration_seconds == pytest.approx(6.166, abs=0.1)
    assert _codecs(checked.data) == ["aac", "h264"]
    assert heard[-1][0] <= heard[-1][1] == 6.166 and len(heard) >= 5


def test_another_form_becomes_h264_and_aac_in_mp4(tmp_path: Path) -> None:
    checked, _ = _made(tmp_path, fixture("flower.webm"), (960, 540), 5.059, "webm")
    assert checked.content_type == "video/mp4" and _codecs(checked.data) == ["aac", "h264"]


def test_all_of_a_clip_is_kept_between_black_bars(tmp_path: Path) -> None:
    checked, _ = _made(tmp_path, clip_bytes(seconds=1), (320, 480), 1.0, shape=1.0, way="pad")
    assert (checked.width, checked.height) == (480, 480)
    assert max(_middle(checked.data, (0.05, 0.5))) < 20 < min(_middle(checked.data, (0.5, 0.5)))


def test_a_cut_keeps_what_was_chosen_and_is_never_longer(tmp_path: Path) -> None:
    whole = fixture("friday.mp4")
    first, _ = _made(tmp_path, whole, *FRIDAY, seconds_max=2.0)
    later, _ = _made(tmp_path, whole, *FRIDAY, seconds_max=2.0, start_seconds=3.0)
    assert first.duration_seconds == later.duration_seconds == 2.0
    assert first.data != later.data
    odd, _ = _made(tmp_path, fixture("flower.webm"), (960, 540), 5.059, "webm", seconds_max=2.0)
    assert odd.duration_seconds is not None and 1.9 < odd.duration_seconds <= 2.0


def test_a_heavy_clip_gets_below_the_limit(tmp_path: Path) -> None:
    checked, _ = _made(tmp_path, fixture("friday.mp4"), *FRIDAY, bytes_max=300_000)
    assert len(checked.data) <= 300_000


def _turned() -> bytes:
    """A lying clip that says: show me upright."""
    source = io.BytesIO(clip_bytes(width=320, height=180, seconds=1))
    out = io.BytesIO()
    with av.open(source) as read, av.open(out, "w", format="mp4") as made:
        stream = made.add_stream_from_template(read.streams.video[0])
        for packet in read.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                made.mux(packet)
    data = out.getvalue()
    at = data.index(b"tkhd") + 4 + 40  # the matrix of the track's header, ISO/IEC 14496-12, 8.3.2
    turn = b"".join(n.to_bytes(4, "big", signed=True) for n in (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000))
    return data[:at] + turn + data[at + 36 :]


def test_a_clip_filmed_upright_stays_upright(tmp_path: Path) -> None:
    shown = check_file("turned.mp4", _turned(), 50)
    assert (shown.width, shown.height) == (180, 320)
    checked, _ = _made(tmp_path, shown.data, (180, 320), 1.0)
    assert (checked.width, checked.height) == (180, 320)


def test_a_long_clip_is_never_whole_in_memory(tmp_path: Path) -> None:
    padding = (60_000_000).to_bytes(4, "big") + b"free"
    path = tmp_path / "long.mp4"
    with path.open("wb") as out:
        out.write(fixture("friday.mp4") + padding)
        out.truncate(len(fixture("friday.mp4")) + 60_000_000)
    tracemalloc.start()
    with path.open("rb") as file:
        make_clip(file, "mov", *FRIDAY, media.ClipWanted(seconds_max=1.0), tmp_path / "made.mp4", lambda *_: None)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8_000_000


def _sound_only() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("aac", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(numpy.zeros((2, 1024), dtype=numpy.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        made.mux(stream.encode(frame))
        made.mux(stream.encode())
    return out.getvalue()


def test_damaged_clips_give_a_sentence(tmp_path: Path) -> None:
    whole = clip_bytes(seconds=5)
    middle = len(whole) // 2
    broken = {
        "truncated": fixture("flower.webm")[:200_000],
        "no clip": b"\x00" * 5_000,
        "no pictures": _sound_only(),
        "ends before the part": whole,
        "overwritten": whole[: middle - 6_000] + b"\xff" * 12_000 + whole[middle + 6_000 :],
    }
    for name, data in broken.items():
        reader = "webm" if name == "truncated" else "mov"
        start = 8.0 if name == "ends before the part" else 0.0
        with pytest.raises((media.Damaged, media.CannotFit)) as refused:
            _made(tmp_path, data, (320, 480), 9.0, reader, start_seconds=start)
        assert "clip" in refused.value.sentence.lower(), name


def test_what_is_too_long_for_so_few_bytes_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(media.CannotFit) as refused:
        _made(tmp_path, fixture("friday.mp4"), *FRIDAY, bytes_max=20_000)
    assert "Cut it shorter" in refused.value.sentence
