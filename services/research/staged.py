"""One checked row on its way into the database: what every collector makes and the store writes."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from services.research.values.ranges import NOTHING, Range
from services.research.values.wrong import Wrong


class Problem(NamedTuple):
    """Why a row was left out. `row_number` counts the file's rows as a spreadsheet does: the header is row 1."""

    row_number: int
    field: str
    message: str


StagedAd = tuple[str | int | None, ...]
"""A row of `COLUMNS`, ready for COPY; lists are array literals."""

StagedReport = tuple[str | int | None, ...]
"""A row of `REPORT_COLUMNS`."""

COLUMNS = (
    "row_number", "kind", "platform", "remote_id", "owner_id", "owner_name", "bodies", "titles", "descriptions",
    "captions", "link", "started_on", "stopped_on", "placements", "languages", "payer", "impressions_lower",
    "impressions_upper", "spend_lower", "spend_upper", "spend_currency", "reach", "likes", "comments", "shares",
    "views", "content_hash",
)  # fmt: skip

REPORT_COLUMNS = (
    "row_number", "platform", "remote_id", "name", "disclaimer", "spend_lower", "spend_upper", "spend_currency", "ads",
)  # fmt: skip


def stage_ad(
    row_number: int,
    kind: str,
    platform: str,
    remote_id: str,
    owner_id: str,
    owner_name: str,
    *,
    bodies: Sequence[str] = (),
    titles: Sequence[str] = (),
    descriptions: Sequence[str] = (),
    captions: Sequence[str] = (),
    link: str = "",
    started_on: str | None = None,
    stopped_on: str | None = None,
    placements: Sequence[str] = (),
    languages: Sequence[str] = (),
    payer: str = "",
    impressions: Range = NOTHING,
    spend: Range = NOTHING,
    currency: str | None = None,
    reach: int | None = None,
    likes: int | None = None,
    comments: int | None = None,
    shares: int | None = None,
    views: int | None = None,
) -> StagedAd:
    """
    The row, with the hash of everything that may change: equal hashes are equal content. Days are ISO texts;
    `owner_id` and `owner_name` are the page's or account's own, as the platform shows them.

    :raises Wrong: the stop lies before the start, or a text holds half a character
    """
    if started_on and stopped_on and stopped_on < started_on:
        raise Wrong(f"lies before the start, {started_on}", "stopped_on")
    content = (
        _array(bodies), _array(titles), _array(descriptions), _array(captions), link, started_on, stopped_on,
        _array(placements), _array(languages), payer, *impressions, *spend, currency, reach, likes, comments, shares,
        views,
    )  # fmt: skip
    try:
        digest = blake2b("\x1f".join(map(str, (owner_name, *content))).encode(), digest_size=16).hexdigest()
    except UnicodeEncodeError:
        raise Wrong("holds half a character: the file was cut or badly converted", "text") from None
    return (row_number, kind, platform, remote_id, owner_id, owner_name, *content, digest)


def _array(items: Sequence[str]) -> str:
    """An array literal of Postgres."""
    if not items:
        return "{}"
    return "{" + ",".join('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items) + "}"
