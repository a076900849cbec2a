"""The stage of publishing: posts whose time has come go out."""

from services import pipelines

_WORKS = """
select brand_id, due_at as came_at,
  case when state = 'published' then published_at when state in ('failed', 'held', 'unconfirmed') then state_at end
    as ended_at,
  case when state = 'published' then true when state in ('failed', 'held', 'unconfirmed') then false end as is_good,
  1::bigint as came, (state = 'published')::int::bigint as went_on,
  (state in ('failed', 'held', 'unconfirmed'))::int::bigint as rejected
from app.posts where state <> 'cancelled' and due_at <= %(now)s and due_at >= %(since)s
"""
_REJECTS = """
select b.name, v.name, c.name, p.due_at, p.state, p.reason from app.posts p join app.brands b on b.id = p.brand_id
join app.channels c on c.id = p.channel_id join app.draft_versions v on v.id = p.version_id
where p.state in ('failed', 'held', 'unconfirmed') and p.due_at >= %(since)s and p.due_at <= %(now)s
  and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
order by p.due_at desc, p.id limit %(most)s
"""
_LEFT = """
select b.name, v.name, c.name, p.due_at from app.posts p join app.brands b on b.id = p.brand_id
join app.channels c on c.id = p.channel_id join app.draft_versions v on v.id = p.version_id
where p.state = 'planned' and p.due_at < %(now)s::timestamptz - interval '5 minutes'
  and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
order by p.due_at desc, p.id limit %(most)s
"""
_UNPLANNED = """
select b.name, v.name, c.name, a.approved_at from app.approvals a
join app.channels c on c.id = a.channel_id join app.draft_versions v on v.id = a.version_id
join app.drafts d on d.id = v.draft_id join app.brands b on b.id = d.brand_id
where a.withdrawn_at is null and a.approved_at >= %(since)s
  and a.approved_at < %(now)s::timestamptz - interval '7 days'
  and not exists (select from app.posts p where p.approval_id = a.id and p.state <> 'cancelled')
  and (%(brand)s::uuid is null or d.brand_id = %(brand)s)
order by a.approved_at desc, a.id limit %(most)s
"""
_TWICE = """
select b.name, v.name, c.name, p.published_at, count(*) from app.posts p join app.attempts t on t.post_id = p.id
join app.brands b on b.id = p.brand_id join app.channels c on c.id = p.channel_id
join app.draft_versions v on v.id = p.version_id
where t.outcome = 'published' and p.due_at >= %(since)s and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
group by b.name, v.name, c.name, p.published_at, p.id having count(*) > 1
order by p.published_at desc, p.id limit %(most)s
"""

PUBLISH = pipelines.Stage(
    name="publish",
    title="Publish",
    help="Approved posts whose time has come go out once. Held, failed and unconfirmed ones wait for a person.",
    icon="send",
    reach="brand",
    path="/calendar",
    takes="posts",
    targets=pipelines.Targets(fresh_seconds=900, success_ratio=0.99, p95_seconds=300),
    works=_WORKS,
    rejects=pipelines.Table(("Brand", "Post", "Channel", "Due at", "State", "Why"), _REJECTS),
    checks=(
        pipelines.Check(
            "due_is_taken",
            "Nothing that is due is left lying",
            "Five minutes after its time a post is on its way, out, or stopped with a reason.",
            pipelines.Table(("Brand", "Post", "Channel", "Due at"), _LEFT),
        ),
        pipelines.Check(
            "approved_is_planned",
            "What is approved is planned within 7 days",
            "What somebody approved has a time, or the approval was taken back.",
            pipelines.Table(("Brand", "Post", "Channel", "Approved at"), _UNPLANNED),
        ),
        pipelines.Check(
            "once",
            "Every post went out once",
            "A post has one attempt that published it. More than one means that a platform may show it twice.",
            pipelines.Table(("Brand", "Post", "Channel", "Published at", "Times"), _TWICE),
        ),
    ),
    task="publishing.step",
    kinds=("publish_due",),
)
