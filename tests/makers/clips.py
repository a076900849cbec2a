"""Clips made on the spot, with cached bytes: `clip_bytes(seconds=5)` is an upright MP4."""

import io
from fractions import Fraction
from functools import cache

import av
import numpy

# The fastest each encoder offers: what is tested is who takes the clip, not how well it is packed.
_QUICKLY = {
    "libx264": {"preset": "superfast", "threads": "1"},
    "libvpx": {"deadline": "realtime", "cpu-used": "16", "threads": "1", "lag-in-frames": "0"},
}


@cache
def clip_bytes(
    *,
    width: int = 320,
    height: int = 480,
    seconds: int = 5,
    codec: str = "libx264",
    format: str = "mp4",
    rate: int = 24,
) -> bytes:
    """A clip of plain changing colour without sound, `rate` pictures a second: the platforms want 23 to 60."""
    out = io.BytesIO()
    with av.open(out, "w", format=format) as made:
        stream = made.add_stream(codec, rate=rate, options=_QUICKLY.get(codec, {}))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, rate)
        for number in range(seconds * rate):
            shade = numpy.full((height * 3 // 2, width), 128, dtype=numpy.uint8)
            shade[:height] = 40 + number % 200  # brightness; the rest is colour, of which there is none
            frame = av.VideoFrame.from_ndarray(shade, format="yuv420p")
            frame.pts = number
            made.mux(stream.encode(frame))
        made.mux(stream.encode())
    return out.getvalue()
