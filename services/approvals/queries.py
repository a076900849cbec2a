"""The tables of requests and approvals, one statement per function."""

from datetime import datetime
from uuid import UUID

from services.approvals.models import Approval, Mode, QueueItem, Request, RequestState
from services.kit.db import Tx, json_value


def insert_request(
    tx: Tx, request_id: UUID, draft_id: UUID, version_id: UUID, note: str, wanted_at: datetime | None
) -> None:
    tx.run(
        "insert into app.review_requests (id, org_id, draft_id, version_id, note, wanted_at, state, asked_by, "
        "asked_at) "
        "values (%(id)s, %(org)s, %(draft)s, %(version)s, %(note)s, %(wanted)s, 'waiting', %(user)s, %(now)s)",
        {
            "id": request_id,
            "org": tx.org_id,
            "draft": draft_id,
            "version": version_id,
            "note": note,
            "wanted": wanted_at,
            "user": tx.user_id,
            "now": tx.now,
        },
    )


def lock_draft_of(tx: Tx, version_id: UUID) -> UUID | None:
    """The draft of a version, its row held: one request per draft waits at a time. None where it is archived."""
    return tx.value(  # type: ignore[no-any-return]
        "select d.id from app.drafts d join app.draft_versions v on v.draft_id = d.id where v.id = %(version)s "
        "and d.archived_at is null for update of d",
        {"version": version_id},
    )


def replace_waiting(tx: Tx, draft_id: UUID) -> int:
    return tx.run(
        "update app.review_requests set state = 'replaced', decided_at = %(now)s "
        "where draft_id = %(draft)s and state = 'waiting'",
        {"draft": draft_id, "now": tx.now},
    )


def waiting_for_version(tx: Tx, version_id: UUID) -> UUID | None:
    return tx.value(  # type: ignore[no-any-return]
        "select id from app.review_requests where version_id = %(version)s and state = 'waiting'",
        {"version": version_id},
    )


def lock_request(tx: Tx, request_id: UUID) -> Request | None:
    """Read one request and hold its row until the transaction ends."""
    return tx.one(
        "select r.id, r.draft_id, d.brand_id, r.version_id, r.note, r.wanted_at, r.state, r.asked_by, r.asked_at, "
        "r.decided_by, r.decided_at, r.reason from app.review_requests r join app.drafts d on d.id = r.draft_id "
        "where r.id = %(id)s for update of r",
        {"id": request_id},
        Request,
    )


def newest_of(tx: Tx, draft_id: UUID) -> Request | None:
    return tx.one(
        "select r.id, r.draft_id, d.brand_id, r.version_id, r.note, r.wanted_at, r.state, r.asked_by, r.asked_at, "
        "r.decided_by, r.decided_at, r.reason from app.review_requests r join app.drafts d on d.id = r.draft_id "
        "where r.draft_id = %(draft)s order by r.asked_at desc, r.id desc limit 1",
        {"draft": draft_id},
        Request,
    )


def version_of(tx: Tx, request_id: UUID) -> UUID | None:
    return tx.value("select version_id from app.review_requests where id = %(id)s", {"id": request_id})  # type: ignore[no-any-return]


def waits(tx: Tx, draft_id: UUID) -> bool:
    """Whether a request of this draft waits."""
    return bool(
        tx.value(
            "select exists (select from app.review_requests where draft_id = %(draft)s and state = 'waiting')",
            {"draft": draft_id},
        )
    )


def decide(tx: Tx, request_id: UUID, state: RequestState, reason: str) -> int:
    """Write the decision; 0 where it was decided already."""
    return tx.run(
        "update app.review_requests set state = %(state)s, decided_by = %(user)s, decided_at = %(now)s, "
        "reason = %(reason)s where id = %(id)s and state = 'waiting'",
        {"id": request_id, "state": state.value, "user": tx.user_id, "now": tx.now, "reason": reason},
    )


def change_wanted(tx: Tx, request_id: UUID, wanted_at: datetime | None) -> int:
    return tx.run(
        "update app.review_requests set wanted_at = %(wanted)s where id = %(id)s and state = 'waiting'",
        {"id": request_id, "wanted": wanted_at},
    )


def wanted_times(tx: Tx, brand_id: UUID, without: list[UUID]) -> set[datetime]:
    """When waiting requests of a brand are wanted from now on, but for these."""
    rows = tx.tuples(
        "select distinct r.wanted_at from app.review_requests r join app.drafts d on d.id = r.draft_id "
        "where r.state = 'waiting' and r.wanted_at > %(now)s and d.brand_id = %(brand)s and d.archived_at is null "
        "and r.id <> all (%(without)s)",
        {"brand": brand_id, "now": tx.now, "without": without},
    )
    return {wanted_at for (wanted_at,) in rows}


def reopen(tx: Tx, request_id: UUID) -> int:
    return tx.run(
        "update app.review_requests set state = 'waiting', decided_by = null, decided_at = null, reason = '' "
        "where id = %(id)s and state in ('approved', 'rejected')",
        {"id": request_id},
    )


def version_author(tx: Tx, version_id: UUID) -> UUID | None:
    return tx.value("select created_by from app.draft_versions where id = %(id)s", {"id": version_id})  # type: ignore[no-any-return]


def insert_approval(
    tx: Tx,
    request: Request,
    channel_id: UUID,
    seal: str,
    sealed: dict[str, object],
    *,
    mode: Mode,
    by_author: bool,
) -> None:
    tx.run(
        "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_by, "
        "approved_at, mode, by_author) values (%(id)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, "
        "%(sealed)s, %(user)s, %(now)s, %(mode)s, %(author)s)",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "request": request.id,
            "mode": mode.value,
            "author": by_author,
            "version": request.version_id,
            "channel": channel_id,
            "seal": seal,
            "sealed": json_value(sealed),
            "user": tx.user_id,
            "now": tx.now,
        },
    )


def approvals_of(tx: Tx, request_id: UUID) -> list[Approval]:
    """Live approvals of a request."""
    return tx.all(
        "select id, request_id, version_id, channel_id, seal, approved_by, approved_at, withdrawn_at, mode, by_author "
        "from app.approvals where request_id = %(request)s and withdrawn_at is null order by approved_at, id",
        {"request": request_id},
        Approval,
    )


def withdraw_approvals(tx: Tx, request_id: UUID) -> int:
    return tx.run(
        "update app.approvals set withdrawn_at = %(now)s where request_id = %(request)s and withdrawn_at is null",
        {"request": request_id, "now": tx.now},
    )


def queue(tx: Tx, states: list[str], limit: int, only: list[UUID] | None = None) -> list[QueueItem]:
    """Waiting ones: what goes out first, then the oldest. Decided ones: the newest decision first."""
    return tx.all(
        "select r.id, r.draft_id, r.version_id, r.note, r.wanted_at, r.state, r.asked_by, r.asked_at, r.decided_by, "
        "r.decided_at, r.reason, v.name, d.brand_id, v.number as version_number, v.created_by as version_by, "
        "coalesce(m.display_name, 'A former member') as asked_by_name, "
        "coalesce(n.display_name, '') as decided_by_name, "
        "coalesce(a.thumb_key, a.file_key) as thumb_key, coalesce(p.mode, 'required') as mode, "
        "coalesce(p.levels, '[]') as levels, (select coalesce(jsonb_agg(jsonb_build_object('level', s.level, "
        "'user_id', s.signed_by, 'at', s.signed_at) order by s.level, s.signed_at, s.id), '[]') from app.sign_offs s "
        "where s.request_id = r.id and s.withdrawn_at is null) as signed from app.review_requests r "
        "join app.draft_versions v on v.id = r.version_id join app.drafts d on d.id = r.draft_id "
        "left join app.approval_modes p on p.brand_id = d.brand_id "
        "left join app.org_members m on m.user_id = r.asked_by and m.org_id = r.org_id "
        "left join app.org_members n on n.user_id = r.decided_by and n.org_id = r.org_id "
        "left join app.assets a on a.id = (v.media -> 0 ->> 'asset_id')::uuid "
        "where r.state = any (%(states)s) and (%(only)s::uuid[] is null or r.id = any (%(only)s::uuid[])) "
        "and d.archived_at is null order by r.decided_at desc nulls first, "
        "r.wanted_at nulls last, r.asked_at, r.id limit %(limit)s",
        {"states": states, "limit": limit, "only": only},
        QueueItem,
    )


def count_waiting(tx: Tx) -> int:
    return int(
        tx.value(
            "select count(*) from app.review_requests r join app.drafts d on d.id = r.draft_id "
            "where r.state = 'waiting' and d.archived_at is null",
            {},
        )
    )


def count_decided(tx: Tx, user_id: UUID, since: datetime) -> int:
    return int(
        tx.value(
            "select count(*) from app.review_requests where decided_by = %(user)s and decided_at >= %(since)s "
            "and state in ('approved', 'rejected')",
            {"user": user_id, "since": since},
        )
    )
