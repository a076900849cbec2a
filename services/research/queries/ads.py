"""The wall of ads: pages, single ads, counts. `org_id` is repeated so that the index gives the order."""

from typing import Any, LiteralString
from uuid import UUID

from services.kit.db import Tx
from services.research.models import Ad, Filters, Overview, Sort

# An ad runs until its stop, or until the day of the file that last showed it; a stop in the future is only planned.
_COLUMNS: LiteralString = """
    a.id, a.advertiser_id, o.name as advertiser, a.kind, a.platform, a.remote_id, a.bodies, a.titles, a.descriptions,
    a.captions, a.link, a.started_on, a.stopped_on, a.placements, a.languages, a.payer, a.impressions_lower,
    a.impressions_upper, a.spend_lower, a.spend_upper, a.spend_currency, a.reach, a.likes, a.comments, a.shares,
    a.views, app.days_running(a.kind, a.started_on, a.stopped_on, a.observed_on, %(today)s) as days,
    a.kind = 'ad' and (a.stopped_on is null or a.stopped_on >= %(today)s) as is_running,
    a.first_seen_at > %(looked_at)s as is_new, a.import_id, i.file_name, a.row_number, a.collector, a.observed_on,
    a.first_seen_at, a.last_seen_at, a.changed_at
"""
_SOURCE: LiteralString = """
    from app.ads a
    join app.advertisers o on o.org_id = a.org_id and o.id = a.advertiser_id
    left join app.imports i on i.id = a.import_id
"""
_WHERE: LiteralString = """
    where a.org_id = %(org)s
      and (%(advertiser)s::uuid is null or a.advertiser_id = %(advertiser)s)
      and (%(kind)s = '' or a.kind = %(kind)s)
      and (%(platform)s = '' or a.platform = %(platform)s or a.placements @> array[%(platform)s])
      and (not %(running)s or (a.kind = 'ad' and (a.stopped_on is null or a.stopped_on >= %(today)s)))
      and (not %(fresh)s or a.first_seen_at > %(looked_at)s)
      and (%(from)s::date is null or a.started_on >= %(from)s)
      and (%(until)s::date is null or a.started_on <= %(until)s)
      and (%(pattern)s = '' or o.name ilike %(pattern)s or a.link ilike %(pattern)s
           or array_to_string(a.bodies || a.titles || a.descriptions || a.captions, ' ') ilike %(pattern)s)
"""


def page_newest(tx: Tx, params: dict[str, Any]) -> list[Ad]:
    sql: LiteralString = (
        "select " + _COLUMNS + _SOURCE + _WHERE
        + " order by a.started_on desc nulls last, a.id desc limit %(limit)s offset %(offset)s"
    )  # fmt: skip
    return tx.all(sql, params, Ad)


def page_longest(tx: Tx, params: dict[str, Any]) -> list[Ad]:
    sql: LiteralString = (
        "select " + _COLUMNS + _SOURCE + _WHERE
        + " order by days desc nulls last, a.started_on desc nulls last, a.id desc limit %(limit)s offset %(offset)s"
    )  # fmt: skip
    return tx.all(sql, params, Ad)


def count_matching(tx: Tx, params: dict[str, Any]) -> int:
    sql: LiteralString = "select count(*)" + _SOURCE + _WHERE
    return int(tx.value(sql, params))


def find_ad(tx: Tx, ad_id: UUID, params: dict[str, Any]) -> Ad | None:
    sql: LiteralString = "select " + _COLUMNS + _SOURCE + " where a.id = %(ad)s"
    return tx.one(sql, {**params, "ad": ad_id}, Ad)


def overview(tx: Tx, params: dict[str, Any]) -> Overview:
    found = tx.one(
        """
        select count(*) as ads, (select count(*) from app.advertisers) as advertisers,
          count(*) filter (where a.kind = 'ad' and (a.stopped_on is null or a.stopped_on >= %(today)s)) as running,
          count(*) filter (where a.first_seen_at > %(looked_at)s) as fresh,
          (select max(finished_at) from app.imports where state = 'done') as newest_import_at
        from app.ads a where a.org_id = %(org)s
        """,
        params,
        Overview,
    )
    if found is None:
        raise LookupError("an aggregate without a row")
    return found


def params_of(tx: Tx, filters: Filters, looked_at: Any) -> dict[str, Any]:
    """What the statements above ask for; `%` and `_` in a search are letters."""
    words = filters.search.strip()[:100].replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return {
        "org": tx.org_id,
        "today": tx.now.date(),
        "looked_at": looked_at,
        "advertiser": filters.advertiser_id,
        "kind": filters.kind,
        "platform": filters.platform,
        "running": filters.only_running,
        "fresh": filters.only_new,
        "from": filters.started_from,
        "until": filters.started_until,
        "pattern": f"%{words}%" if words else "",
    }


PAGES = {Sort.NEWEST: page_newest, Sort.LONGEST: page_longest}
