"""The evidence table, one statement per function."""

from uuid import UUID

from services.creative.models import Evidence
from services.kit.db import Tx


def insert(tx: Tx, draft_id: UUID, ad_id: UUID) -> int:
    """Returns 0 where the ad is not visible or already attached."""
    return tx.run(
        "insert into app.draft_evidence (draft_id, ad_id, org_id, added_at) "
        "select %(draft)s, a.id, %(org)s, %(now)s from app.ads a where a.id = %(ad)s on conflict do nothing",
        {"draft": draft_id, "ad": ad_id, "org": tx.org_id, "now": tx.now},
    )


def delete(tx: Tx, draft_id: UUID, ad_id: UUID) -> int:
    return tx.run(
        "delete from app.draft_evidence where draft_id = %(draft)s and ad_id = %(ad)s",
        {"draft": draft_id, "ad": ad_id},
    )


def ad_exists(tx: Tx, ad_id: UUID) -> bool:
    return bool(tx.value("select exists (select from app.ads where id = %(ad)s)", {"ad": ad_id}))


def of_draft(tx: Tx, draft_id: UUID) -> list[Evidence]:
    """In the order of attaching; days running count to the day it was last observed where the ad has no end."""
    return tx.all(
        "select a.id as ad_id, v.name as advertiser, a.platform, coalesce(a.titles[1], '') as title, "
        "coalesce(a.bodies[1], '') as body, a.started_on, "
        "case when a.kind = 'ad' then coalesce(a.stopped_on, a.observed_on) - a.started_on + 1 end as days_running, "
        "a.link "
        "from app.draft_evidence e join app.ads a on a.id = e.ad_id join app.advertisers v on v.id = a.advertiser_id "
        "where e.draft_id = %(draft)s order by e.added_at, a.id",
        {"draft": draft_id},
        Evidence,
    )
