"""The stage of decisions: versions are approved or rejected."""

from services import pipelines

_WORKS = """
select d.brand_id, r.asked_at as came_at, r.decided_at as ended_at,
  case when r.state in ('approved', 'rejected') then true end as is_good, 1::bigint as came,
  (r.state = 'approved')::int::bigint as went_on, (r.state = 'rejected')::int::bigint as rejected
from app.review_requests r join app.drafts d on d.id = r.draft_id
where r.state in ('waiting', 'approved', 'rejected') and (r.asked_at >= %(since)s or r.state = 'waiting')
"""
_REJECTS = """
select b.name, d.name, r.reason, m.display_name, r.decided_at from app.review_requests r
join app.drafts d on d.id = r.draft_id join app.brands b on b.id = d.brand_id
left join app.org_members m on m.user_id = r.decided_by and m.org_id = r.org_id
where r.state = 'rejected' and r.asked_at >= %(since)s and (%(brand)s::uuid is null or d.brand_id = %(brand)s)
order by r.decided_at desc, r.id limit %(most)s
"""
_UNSEALED = """
select b.name, d.name, r.decided_at from app.review_requests r
join app.drafts d on d.id = r.draft_id join app.brands b on b.id = d.brand_id
where r.state = 'approved' and r.decided_at >= %(since)s and (%(brand)s::uuid is null or d.brand_id = %(brand)s)
  and not exists (select from app.approvals a where a.request_id = r.id)
order by r.decided_at desc, r.id limit %(most)s
"""

APPROVALS = pipelines.Stage(
    name="approvals",
    title="Approvals",
    help="A person approves a version for channels, or rejects it with a reason. Either is a decision made.",
    icon="fact_check",
    reach="brand",
    path="/approvals",
    takes="requests",
    targets=pipelines.Targets(fresh_seconds=2 * 86_400, p95_seconds=2 * 86_400),
    works=_WORKS,
    rejects=pipelines.Table(("Brand", "Draft", "Reason", "Decided by", "Decided at"), _REJECTS),
    checks=(
        pipelines.Check(
            "approved_is_sealed",
            "Every approval has its seal",
            "What was approved is published byte for byte by its seal. Without one it cannot be planned; it may be "
            "that its channels were removed.",
            pipelines.Table(("Brand", "Draft", "Approved at"), _UNSEALED),
        ),
    ),
)
