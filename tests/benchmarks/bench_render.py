"""
How long drawing takes. Run: python -m tests.benchmarks.bench_render

Targets: one 1080x1350 ad p95 <= 400 ms; 50 ads on two cores <= 8 s. Yardstick in the same run: Pillow decoding the
same photo, resizing it to 1080x1350 with LANCZOS and encoding the JPEG.
"""

import io
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from services.creative import render

PHOTO = (Path(__file__).parent.parent / "fixtures" / "media" / "ice-cream.jpg").read_bytes()
BRAND = render.BrandStyle(name="morrow", colours=("#FFD9A0", "#4A2306"))
ROUNDS = 30


def fields(number: int) -> dict[str, str]:
    """The words of one ad; each number gives other words, so that nothing measured before helps."""
    return {
        "headline": f"Made this morning, batch {number}",
        "subline": f"Gone by tonight: {number * 7} cones, then we close.",
        "button": f"Find parlour {number}",
        "badge": f"-{number % 60} %",
        "picture": "photo",
    }


def yardstick() -> None:
    """What any renderer has to do: decode, resize, encode."""
    photo = Image.open(io.BytesIO(PHOTO)).convert("RGB").resize((1080, 1350), Image.Resampling.LANCZOS)
    photo.save(io.BytesIO(), "JPEG", quality=90, subsampling=0)


def draw(number: int) -> None:
    """One ad, the templates in turn."""
    design = render.templates()[number % 3]
    render.render(design, fields(number), BRAND, render.Placement.FEED, {"photo": PHOTO})


def draw_cold(number: int) -> None:
    """One ad with nothing decoded yet."""
    render.forget_pictures()
    draw(number)


def preview(number: int) -> None:
    """One 540 px preview."""
    design = render.templates()[number % 3]
    render.preview(design, fields(number), BRAND, render.Placement.FEED, {"photo": PHOTO})


def measure(act: Callable[[int], None]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    took = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        act(number)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    """Print one line per measurement."""
    draw(0)
    rows: list[tuple[str, Callable[[int], None]]] = [
        ("yardstick: decode, resize, encode", lambda _: yardstick()),
        ("one 1080x1350 ad, nothing decoded", draw_cold),
        ("one 1080x1350 ad, photo decoded", draw),
        ("one preview, 540 px wide", preview),
    ]
    for name, act in rows:
        median, worst = measure(act)
        print(f"{name:40} median {median:6.0f} ms   p95 {worst:6.0f} ms")
    for workers in (1, 2):
        render.forget_pictures()
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(draw, range(100, 150)))
        print(f"{f'50 ads, {workers} thread(s)':40} {time.perf_counter() - start:6.1f} s")


if __name__ == "__main__":
    main()
