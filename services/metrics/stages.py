"""The stage of readings: platforms are asked how posts did."""

from datetime import datetime

from services import pipelines
from services.events import MetricsDue
from services.kit.db import Tx
from services.metrics import queries
from services.metrics.registry import READERS, is_read

_WORKS = """
select p.brand_id, m.due_at as came_at, m.finished_at as ended_at,
  case m.state when 'done' then true when 'failed' then false end as is_good, 1::bigint as came,
  (m.state = 'done')::int::bigint as went_on, (m.state = 'failed')::int::bigint as rejected
from app.metric_pulls m join app.posts p on p.id = m.post_id
where m.due_at <= %(now)s and (m.due_at >= %(since)s or m.state in ('waiting', 'queued'))
"""
_REJECTS = """
select b.name, v.name, c.name, m.reason, m.due_at, m.tries, m.error from app.metric_pulls m
join app.posts p on p.id = m.post_id join app.brands b on b.id = p.brand_id join app.channels c on c.id = p.channel_id
join app.draft_versions v on v.id = p.version_id
where m.state = 'failed' and m.due_at >= %(since)s and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
order by m.due_at desc, m.id limit %(most)s
"""
_UNREAD = """
select b.name, v.name, c.name, p.published_at from app.posts p join app.brands b on b.id = p.brand_id
join app.channels c on c.id = p.channel_id join app.draft_versions v on v.id = p.version_id
where p.state = 'published' and c.platform = any (%(read)s) and p.published_at >= %(since)s
  and p.published_at < %(now)s::timestamptz - interval '48 hours'
  and not exists (select from app.metric_snapshots s where s.post_id = p.id)
  and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
order by p.published_at desc, p.id limit %(most)s
"""
_BLANK = """
select b.name, v.name, c.name, s.taken_at from app.metric_snapshots s join app.posts p on p.id = s.post_id
join app.brands b on b.id = p.brand_id join app.channels c on c.id = p.channel_id
join app.draft_versions v on v.id = p.version_id
where s.taken_at >= %(since)s and coalesce(s.views, s.reach, s.likes, s.comments, s.shares, s.saves, s.clicks) is null
  and (%(brand)s::uuid is null or p.brand_id = %(brand)s)
order by s.taken_at desc, s.id limit %(most)s
"""


def _marks(tx: Tx) -> list[pipelines.Mark]:
    rows = tx.tuples(
        "select max(due_at) filter (where state = 'done'), count(*) filter (where state = 'done') "
        "from app.metric_pulls",
        {},
    )
    upto, done = rows[0]
    return [pipelines.Mark("visits", "Visits to platforms", upto, f"{done:,} made")] if done else []


def _visit_again(tx: Tx, _mark: str, since: datetime) -> int:
    asked = 0
    for post_id, platform in queries.published_since(tx, None, since):
        pull_id = queries.insert_pull_now(tx, post_id) if is_read(platform) else None
        if pull_id is not None:
            tx.emit(MetricsDue(pull_id))
            asked += 1
    return asked


METRICS = pipelines.Stage(
    name="metrics",
    title="Metrics",
    help="Platforms are asked how a post did 6, 24 and 72 hours after it went out; every reading is kept.",
    icon="monitoring",
    reach="brand",
    path="/results",
    takes="visits",
    targets=pipelines.Targets(fresh_seconds=3_600, success_ratio=0.95, p95_seconds=900),
    works=_WORKS,
    rejects=pipelines.Table(("Brand", "Post", "Channel", "Visit", "Due at", "Tries", "Why"), _REJECTS),
    checks=(
        pipelines.Check(
            "published_is_read",
            "Every post has a reading 48 hours after it went out",
            "Two visits were due by then. Without a reading the post is missing from every chart and comparison.",
            pipelines.Table(("Brand", "Post", "Channel", "Published at"), _UNREAD, {"read": list(READERS)}),
        ),
        pipelines.Check(
            "reading_tells",
            "Every reading tells something",
            "The platform answered, with none of the figures: mostly a right that the account has not given.",
            pipelines.Table(("Brand", "Post", "Channel", "Read at"), _BLANK),
        ),
    ),
    task="metrics.read_post",
    kinds=("pull_metrics",),
    marks=_marks,
    reset=_visit_again,
    reset_help="Posts published since then are visited once more now, each as a call to its platform. Readings are "
    "added; none is changed or removed.",
)
