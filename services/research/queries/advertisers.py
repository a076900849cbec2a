"""Advertisers with what we hold of them, and when a person last looked."""

from datetime import datetime
from typing import Any

from services.kit.db import Tx
from services.research.models import Advertiser, Shelf


def list_advertisers(tx: Tx, params: dict[str, Any]) -> list[Advertiser]:
    """Those with most ads first."""
    return tx.all(
        """
        with figures as (
          select a.advertiser_id, count(*) as ads,
            count(*) filter (where a.kind = 'ad' and (a.stopped_on is null or a.stopped_on >= %(today)s)) as running,
            count(*) filter (where a.first_seen_at > %(looked_at)s) as fresh,
            min(a.started_on) as first_on, max(a.started_on) as last_on,
            max(app.days_running(a.kind, a.started_on, a.stopped_on, a.observed_on, %(today)s)) as longest_days,
            round((percentile_cont(0.5) within group (
              order by app.days_running(a.kind, a.started_on, a.stopped_on, a.observed_on, %(today)s)))::numeric)::int
              as median_days
          from app.ads a where a.org_id = %(org)s group by a.advertiser_id
        ), places as (
          select a.advertiser_id, array_agg(distinct place order by place) as placements
          from app.ads a cross join lateral unnest(a.placements) place
          where a.org_id = %(org)s group by a.advertiser_id
        )
        select o.id, o.platform, o.remote_id, o.name, o.disclaimer, o.spend_lower, o.spend_upper, o.spend_currency,
          o.reported_ads, o.reported_on, coalesce(f.ads, 0) as ads, coalesce(f.running, 0) as running,
          coalesce(f.fresh, 0) as fresh, f.first_on, f.last_on, f.longest_days, f.median_days,
          coalesce(p.placements, array[o.platform]) as placements, o.first_seen_at, o.last_seen_at
        from app.advertisers o
        left join figures f on f.advertiser_id = o.id
        left join places p on p.advertiser_id = o.id
        where o.org_id = %(org)s
        order by coalesce(f.ads, 0) desc, coalesce(o.spend_upper, 0) desc, o.name, o.id
        limit %(limit)s
        """,
        params,
        Advertiser,
    )


def shelves(tx: Tx, params: dict[str, Any]) -> list[Shelf]:
    """Advertisers with ads, those with most first; `keep` is among them in any case."""
    return tx.all(
        """
        with counted as (
          select a.advertiser_id, count(*) as ads, count(*) filter (where a.first_seen_at > %(looked_at)s) as fresh
          from app.ads a where a.org_id = %(org)s group by a.advertiser_id
        ), ranked as (
          select o.id, o.name, c.ads, c.fresh, row_number() over (order by c.ads desc, o.name, o.id) as place
          from counted c join app.advertisers o on o.org_id = %(org)s and o.id = c.advertiser_id
        )
        select id, name, ads, fresh from ranked where place <= %(limit)s or id = %(keep)s::uuid order by place
        """,
        params,
        Shelf,
    )


def count_imports(tx: Tx) -> int:
    return int(tx.value("select count(*) from app.imports where state <> 'cancelled'", {}))


def looked_at(tx: Tx, screen: str, gap_seconds: int) -> datetime | None:
    """
    When this person looked before the present visit, and remember the present one; None at the first look.

    Looks closer together than `gap_seconds` are one visit, so that a reload does not hide what is new.
    """
    found: datetime | None = tx.value(
        """
        insert into app.last_looks as l (user_id, org_id, screen, looked_at, previous_at)
        values (%(user)s, %(org)s, %(screen)s, %(now)s, null)
        on conflict (org_id, user_id, screen) do update set
          previous_at = case when l.looked_at < %(now)s - make_interval(secs => %(gap)s)
                        then l.looked_at else l.previous_at end,
          looked_at = greatest(l.looked_at, excluded.looked_at)
        returning previous_at
        """,
        {"user": tx.user_id, "org": tx.org_id, "screen": screen, "now": tx.now, "gap": gap_seconds},
    )
    return found
