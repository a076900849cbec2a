"""The stage of assets: files get the small picture and the colours that people choose them by."""

from datetime import datetime

from services import pipelines
from services.events import AssetStored
from services.kit.db import Tx
from services.kit.text import counted

_GO_BACK_MOST = 10_000

# a failure keeps no mark on the file: those are its runs; what still waits has none that ended badly
_WORKS = """
select a.brand_id, a.created_at as came_at, a.thumb_at as ended_at, true as is_good, 1::bigint as came,
  1::bigint as went_on, 0::bigint as rejected from app.assets a where a.thumb_at >= %(since)s
union all
select (select a.brand_id from app.assets a where a.id = case
    when r.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then r.subject_id::uuid end),
  coalesce(r.due_at, r.started_at), r.finished_at, false, 1, 0, 1 from app.job_runs r
where r.task = 'media.make_thumbnail' and r.started_at >= %(since)s and r.status in ('failed', 'lost', 'quarantined')
union all
select a.brand_id, a.created_at, null, null, 1, 0, 0 from app.assets a
where a.thumb_key is null and a.deleted_at is null and a.created_at >= %(since)s
  and not exists (select from app.job_runs r where r.subject_id = a.id::text and r.task = 'media.make_thumbnail'
    and r.status in ('failed', 'lost', 'quarantined'))
"""
_REJECTS = """
select b.name, coalesce(a.original_name, r.subject_id), r.status, r.error, r.finished_at from app.job_runs r
left join app.assets a on a.id::text = r.subject_id left join app.brands b on b.id = a.brand_id
where r.task = 'media.make_thumbnail' and r.status in ('failed', 'lost', 'quarantined') and r.started_at >= %(since)s
  and (%(brand)s::uuid is null or a.brand_id = %(brand)s)
order by r.started_at desc, r.id limit %(most)s
"""
_BARE = """
select b.name, a.original_name, a.kind, a.created_at from app.assets a left join app.brands b on b.id = a.brand_id
where a.thumb_key is null and a.deleted_at is null and a.created_at < %(now)s::timestamptz - interval '10 minutes'
  and (%(brand)s::uuid is null or a.brand_id = %(brand)s)
order by a.created_at desc, a.id limit %(most)s
"""
_LENGTHLESS = """
select b.name, a.original_name, a.created_at from app.assets a left join app.brands b on b.id = a.brand_id
where a.kind = 'video' and a.duration_seconds is null and a.deleted_at is null
  and (%(brand)s::uuid is null or a.brand_id = %(brand)s)
order by a.created_at desc, a.id limit %(most)s
"""


def _marks(tx: Tx) -> list[pipelines.Mark]:
    rows = tx.tuples(
        "select (select created_at from app.assets where org_id = %(org)s and thumb_key is not null "
        "and deleted_at is null order by created_at desc, id desc limit 1), "
        "(select count(*) from app.assets where thumb_key is null and deleted_at is null)",
        {"org": tx.org_id},
    )
    upto, bare = rows[0]
    said = f"{counted(bare, 'file')} without" if bare else "every file has one"
    return [pipelines.Mark("pictures", "Small pictures", upto, said)] if upto or bare else []


def _make_again(tx: Tx, _mark: str, since: datetime) -> int:
    rows = tx.tuples(
        "select id from app.assets where thumb_key is null and deleted_at is null and created_at >= %(since)s "
        "order by created_at, id limit %(most)s",
        {"since": since, "most": _GO_BACK_MOST},
    )
    for (asset_id,) in rows:
        tx.emit(AssetStored(asset_id))
    return len(rows)


ASSETS = pipelines.Stage(
    name="assets",
    title="Assets",
    help="Pictures and clips of the library get a small picture and their leading colours.",
    icon="photo_library",
    reach="brand",
    path="/library",
    takes="files",
    targets=pipelines.Targets(fresh_seconds=600, success_ratio=0.98, p95_seconds=600),
    works=_WORKS,
    rejects=pipelines.Table(("Brand", "File", "State", "Why", "At"), _REJECTS),
    checks=(
        pipelines.Check(
            "has_picture",
            "Every file has its small picture within 10 minutes",
            "Without one the library shows an empty tile. Going back below makes what is missing.",
            pipelines.Table(("Brand", "File", "Kind", "Added at"), _BARE),
        ),
        pipelines.Check(
            "clip_has_length",
            "Every clip says how long it is",
            "Platforms refuse clips by their length; without it that shows only when the post goes out.",
            pipelines.Table(("Brand", "File", "Added at"), _LENGTHLESS),
        ),
    ),
    task="media.make_thumbnail",
    marks=_marks,
    reset=_make_again,
    reset_help="Files added since then that have no small picture yet are given to the workers again, at most 10,000 "
    "at once. Pictures that are there stay.",
)
