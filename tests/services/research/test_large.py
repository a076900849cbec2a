"""Large files: memory does not grow with the rows."""

import io
import tracemalloc
from collections.abc import Iterator

import psutil

from services import research
from services.research.checking import checked_rows
from services.research.reading.records import json_records
from services.research.staged import StagedAd
from tests.makers.cast import Cast
from tests.makers.research import ads_file, imported, layout_of
from tests.makers.world import World

HEADER = b"id,page_id,page_name,ad_creative_body,ad_delivery_start_time,spend\n"
MANY = 250_000


class Endless(io.RawIOBase):
    """A file of `rows` ads that exists nowhere whole."""

    def __init__(self, rows: int) -> None:
        self._parts = self._made(rows)
        self._rest = b""

    @staticmethod
    def _made(rows: int) -> Iterator[bytes]:
        yield HEADER
        for start in range(0, rows, 1_000):
            lines = (
                b"%d,77,Northwind,Walk further,2026-10-30,100-199\n" % (10**14 + n) for n in range(start, start + 1_000)
            )
            yield b"".join(lines)

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_a_quarter_of_a_million_rows_are_checked_in_flat_memory() -> None:
    layout = layout_of(HEADER + b"100000000000000,77,Northwind,Walk further,2026-10-30,100-199\n")
    process, good = psutil.Process(), 0
    before = 0
    for row in checked_rows(Endless(MANY), layout):  # type: ignore[arg-type]
        good += isinstance(row, StagedAd)
        if good == 50_000:
            before = process.memory_info().rss
    assert good == MANY
    assert process.memory_info().rss - before < 2 << 20  # less than ten bytes a row


def test_records_are_read_in_flat_memory() -> None:
    record = '{"id": "1", "page_id": "2", "ad_creative_bodies": ["Walk further"]},'
    pieces = ('{"data": [' if number == 0 else record * 500 for number in range(200))
    tracemalloc.start()
    count = sum(1 for _ in json_records(_closed(pieces)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 199 * 500
    assert peak < 4 << 20


def _closed(pieces: Iterator[str]) -> Iterator[str]:
    yield from pieces
    yield "]}"


def test_fifty_thousand_ads_are_stored_in_flat_memory(world: World, cast: Cast) -> None:
    data = ads_file(50_000)
    process = psutil.Process()
    before = process.memory_info().rss
    done = imported(world, cast.ana, data)
    assert (done.state, done.rows_added, done.rows_wrong) == (research.ImportState.DONE, 50_000, 0)
    assert process.memory_info().rss - before < 80 << 20
