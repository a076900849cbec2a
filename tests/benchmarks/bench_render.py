"""
How long drawing takes. Run: python -m tests.benchmarks.run bench_render

Targets: one 1080x1350 ad p95 <= 400 ms; 50 ads on two cores <= 8 s. Yardstick in the same run: Pillow decoding the
same photo, resizing it to 1080x1350 with LANCZOS and encoding the JPEG.
"""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

from PIL import Image

from services.creative import render
from tests.benchmarks.figures import Figure, median_ms, p95_ms

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


def measure() -> list[Figure]:
    draw(0)
    plain = median_ms(yardstick, ROUNDS)
    number = count()
    drawn = [
        Figure("One 1080x1350 ad, nothing decoded, p95", p95_ms(lambda: draw_cold(next(number)), ROUNDS), "ms", 400.0),
        Figure("One 1080x1350 ad, photo decoded, median", median_ms(lambda: draw(next(number)), ROUNDS), "ms"),
        Figure("One preview, 540 px wide, median", median_ms(lambda: preview(next(number)), ROUNDS), "ms"),
    ]
    told = [replace(figure, yardstick_name="decode, resize, encode", yardstick=plain) for figure in drawn]
    return [*told, Figure("50 ads on two threads", _many(2), "s", 8.0, "on one thread", _many(1))]


def _many(workers: int) -> float:
    """Seconds for 50 ads, no two alike."""
    render.forget_pictures()
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(draw, range(1000, 1050)))
    return time.perf_counter() - start
