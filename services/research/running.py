"""The import itself: read ahead, store chunk by chunk, go on after a crash where the last chunk ended."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from services.events import ImportFinished
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import UserError
from services.kit.failpoints import failpoint
from services.research.checking import Checked, checked_rows
from services.research.importing import MOST_PROBLEMS
from services.research.models import Import, ImportState, RowProblem
from services.research.queries import imports as queries
from services.research.reading.tables import BrokenOff
from services.research.staged import Problem, StagedAd, StagedReport
from services.research.storing import Origin, Stored, copy_ads, copy_report, merge_ads, merge_report

CHUNK_ROWS = 5_000

Chunk = tuple[list[Checked], int, BrokenOff | None]
"""Checked rows, how many bytes of the file are read, and where the file broke off."""


def no_listener(done: int, total: int | None) -> None:
    """Nobody follows the progress."""


def run_import(
    app: App, scope: Scope, import_id: UUID, told: Callable[[int, int | None], None] = no_listener
) -> ImportState:
    """
    Run an import to its end. Safe to run twice: each chunk commits with its progress, and a later run goes on there.

    One that was removed meanwhile, as the sample may be, counts as cancelled.

    :param told: hears rows done and rows expected after each chunk
    """
    with app.tx(scope) as tx:
        held = queries.lock_import(tx, import_id)
        found = queries.find_import(tx, import_id)
        if held is None or found is None:
            return ImportState.CANCELLED
        if found.state.is_over:
            return found.state
        queries.mark_running(tx, import_id)
    try:
        stream = app.files.open(found.file_key)
    except UserError as error:
        return _close(app, scope, import_id, ImportState.FAILED, f"The file is gone: {error.sentence}")
    with stream, closing(_chunks(stream, found)) as chunks, ThreadPoolExecutor(1, "import-reader") as reader:
        coming = reader.submit(next, chunks, None)
        while chunk := coming.result():
            rows, read_bytes, broken = chunk
            failpoint("research.chunk")
            with app.tx(scope) as tx:
                before = _hand_over(tx, found, rows)
                if before is not None:
                    # Checking keeps the interpreter to itself, so it waits until the database has all it needs.
                    coming = reader.submit(next, chunks, None)
                    done = _merge(tx, found, rows, before, read_bytes)
            if before is None:
                return _close(app, scope, import_id, ImportState.CANCELLED, None)
            told(*done)
            if broken is not None:
                told_end = f"Row {broken.row_number:,} {broken.message}. Everything before it was imported."
                return _close(app, scope, import_id, ImportState.FAILED, told_end, broken)
    return _close(app, scope, import_id, ImportState.DONE, None)


def _chunks(stream: BinaryIO, found: Import) -> Generator[Chunk]:
    """The chunks that are not stored yet. Nothing here touches the database."""
    rows = checked_rows(stream, found.mapping.model_copy(update={"encoding": "utf-8"}))
    broken: BrokenOff | None = None
    skip = found.rows_done
    while broken is None:
        chunk: list[Checked] = []
        try:
            next(islice(rows, skip, skip), None)
            skip = 0
            for row in islice(rows, CHUNK_ROWS):
                chunk.append(row)
        except BrokenOff as error:
            broken = error
        if not chunk and broken is None:
            return
        yield chunk, stream.tell(), broken


def _hand_over(tx: Tx, found: Import, rows: list[Checked]) -> int | None:
    """Copy a chunk into the database; the rows done before it, or None where the import was cancelled or ended."""
    held = queries.lock_import(tx, found.id)
    if held is None or held[0] != ImportState.RUNNING or held[1]:
        return None
    queries.commit_lazily(tx)
    ads, pages = _ads_and_pages(rows)
    if ads:
        copy_ads(tx, ads)
    elif pages:
        copy_report(tx, pages)
    return held[2]


def _merge(tx: Tx, found: Import, rows: list[Checked], before: int, read_bytes: int) -> tuple[int, int | None]:
    """Store what was handed over, and count it; rows done and expected."""
    done = before + len(rows)
    expected = max(done, round(done * found.file_bytes / read_bytes)) if read_bytes else None
    problems = [row for row in rows if isinstance(row, Problem)]
    ads, pages = _ads_and_pages(rows)
    origin = Origin(found.id, found.collector, found.collected_on, found.is_sample)
    stored = merge_ads(tx, len(ads), origin) if ads else merge_report(tx, len(pages), origin) if pages else Stored()
    counts = {**stored._asdict(), "wrong": _keep(tx, found.id, problems), "done": len(rows)}
    queries.add_progress(tx, found.id, counts, expected)
    return done, expected


def _ads_and_pages(rows: list[Checked]) -> tuple[list[StagedAd], list[StagedReport]]:
    """A file gives one of them."""
    return [row for row in rows if isinstance(row, StagedAd)], [row for row in rows if isinstance(row, StagedReport)]


def _keep(tx: Tx, import_id: UUID, problems: list[Problem]) -> int:
    """Keep the first 1,000 problems of an import and count all."""
    if problems:
        room = MOST_PROBLEMS - queries.count_problems(tx, import_id)
        for problem in problems[: max(0, room)]:
            told = RowProblem(row_number=problem.row_number, field=problem.field, message=problem.message)
            queries.add_problem(tx, import_id, told)
    return len(problems)


def _close(
    app: App, scope: Scope, import_id: UUID, state: ImportState, error: str | None, broken: BrokenOff | None = None
) -> ImportState:
    """End the import and tell; a file that ends inside a row leaves that row among the wrong ones."""
    with app.tx(scope) as tx:
        held = queries.lock_import(tx, import_id)
        if held is None or held[0] != ImportState.RUNNING:
            return ImportState(held[0]) if held else ImportState.CANCELLED
        if broken is not None:
            wrong = _keep(tx, import_id, [Problem(broken.row_number, "", broken.message)])
            queries.add_progress(
                tx, import_id, {"added": 0, "changed": 0, "same": 0, "wrong": wrong, "done": wrong}, None
            )
        queries.close_import(tx, import_id, state, error)
        if state is not ImportState.CANCELLED:
            tx.emit(ImportFinished(import_id))
    return state
