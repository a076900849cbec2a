"""Looking through the library, page by page, at the same cost on every page."""

from uuid import UUID

from services.kit.db import Tx
from services.media import queries
from services.media.errors import AssetMissing
from services.media.models import Asset, Cursor, Filters, Page, Sort, Use

PAGE_SIZE = 60


def page(
    tx: Tx,
    filters: Filters | None = None,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """
    One page in the order of `filters.sort`: the one behind `after`, or the one in front of `before`, or the first.

    Files added or deleted meanwhile shift nothing.
    """
    wanted = filters or Filters()
    forwards, backwards = (
        (queries.older, queries.newer) if wanted.sort is Sort.NEWEST else (queries.newer, queries.older)
    )
    if before is not None:
        found = backwards(tx, wanted, before, size + 1)
        has_more, shown = len(found) > size, tuple(reversed(found[:size]))
        return _page(shown, has_before=has_more, has_after=True)
    found = forwards(tx, wanted, after, size + 1)
    return _page(tuple(found[:size]), has_before=after is not None, has_after=len(found) > size)


def _page(shown: tuple[Asset, ...], *, has_before: bool, has_after: bool) -> Page:
    if not shown:
        return Page(assets=())
    return Page(
        assets=shown,
        before=Cursor.behind(shown[0]) if has_before else None,
        after=Cursor.behind(shown[-1]) if has_after else None,
    )


def where_used(tx: Tx, asset_id: UUID) -> list[Use]:
    """
    The drafts, versions and posts that show this file or were made from it; the newest first.

    :raises AssetMissing: no such file in this organisation
    """
    if queries.find_asset(tx, asset_id) is None:
        raise AssetMissing()
    return queries.uses(tx, asset_id)
