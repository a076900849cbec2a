"""The Ad Library Report: what pages spent on political ads in one country. One row per page and disclaimer."""

import re
from collections.abc import Iterator

from services.research.errors import UnreadableFile
from services.research.meta import owner_of
from services.research.reading.tables import plain
from services.research.staged import Problem, StagedReport
from services.research.values import Wrong
from services.research.values.ranges import Range, bounds, count
from services.research.values.texts import payer, text

NAME = "meta_report_csv"
_SPENT = re.compile(r"amount_spent_([a-z]{3})")


def fits(columns: tuple[str, ...]) -> bool:
    """
    Whether this is a report about pages.

    :raises UnreadableFile: it is the report's list of places, which names no advertiser
    """
    names = [plain(column) for column in columns]
    spent = any(_SPENT.fullmatch(name) for name in names)
    if spent and "location_name" in names:
        raise UnreadableFile("This part of the report lists places, not advertisers. Import the one named advertisers")
    return spent and "page_name" in names


def columns_used(columns: tuple[str, ...]) -> dict[str, str]:
    """Our field -> the column it is read from. A region's file lacks `ads`."""
    names = {
        "page_id": "page_id",
        "page_name": "name",
        "disclaimer": "disclaimer",
        "number_of_ads_in_library": "ads",
    }
    found = {names[plain(column)]: column for column in columns if plain(column) in names}
    found["spend"] = next(column for column in columns if _SPENT.fullmatch(plain(column)))
    return found


def currency_of(columns: tuple[str, ...]) -> str:
    """The currency, which is part of a header: "Amount spent (THB)"."""
    return next(match[1].upper() for column in columns if (match := _SPENT.fullmatch(plain(column))))


def advertisers(rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[StagedReport | Problem]:
    """
    One row per page: amounts and ads of its disclaimers added up, hence the whole report is read first.

    Amounts of a region's file are a part of the whole and are left out. `≤100` counts as 0 to 100.

    :raises BrokenOff: from the source
    """
    used = columns_used(columns)
    at = {field: columns.index(column) for field, column in used.items()}
    currency = currency_of(columns) if "ads" in used else None
    pages: dict[str, list[StagedReport]] = {}
    for number, cells in rows:
        try:
            if len(cells) < len(columns):
                raise Wrong(f"has {len(cells)} of {len(columns)} columns: the row is cut off")
            row = _row(number, {field: cells[place] for field, place in at.items()}, currency)
        except Wrong as wrong:
            yield Problem(number, used.get(wrong.field, wrong.field), wrong.message)
            continue
        pages.setdefault(row.remote_id, []).append(row)
    for found in pages.values():
        yield _together(found)


def _row(number: int, cells: dict[str, str], currency: str | None) -> StagedReport:
    field = "name"
    try:
        name = text(cells["name"]).strip()[:300]
        field = "page_id"
        page = owner_of(cells.get("page_id"), name)
        field = "spend"
        spend: Range = bounds(cells["spend"])
        field = "ads"
        ads = count(cells.get("ads"))
    except Wrong as wrong:
        raise Wrong(wrong.message, field) from None
    if currency is None:
        spend = (None, None)
    disclaimer = payer(cells.get("disclaimer", ""), name)
    return StagedReport(number, "facebook", page, name or f"Page {page}", disclaimer, *spend, currency, ads)


def _together(rows: list[StagedReport]) -> StagedReport:
    disclaimers = dict.fromkeys(row.disclaimer for row in rows if row.disclaimer)
    return rows[0]._replace(
        disclaimer=" · ".join(disclaimers)[:1000],
        spend_lower=_sum([row.spend_lower for row in rows]),
        spend_upper=_sum([row.spend_upper for row in rows]),
        ads=_sum([row.ads for row in rows]),
    )


def _sum(figures: list[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None
