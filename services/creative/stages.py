"""The stage of making: drafts become versions that can be decided on."""

from services import pipelines

_WORKS = """
select d.brand_id, d.created_at as came_at, coalesce(v.made_at, d.archived_at) as ended_at,
  case when v.made_at is not null or d.archived_at is not null then true end as is_good, 1::bigint as came,
  (v.made_at is not null)::int::bigint as went_on,
  (v.made_at is null and d.archived_at is not null)::int::bigint as rejected
from app.drafts d
left join lateral (select min(created_at) as made_at from app.draft_versions where draft_id = d.id) v on true
where d.created_at >= %(since)s
"""
_REJECTS = """
select b.name, d.name, d.created_at, d.archived_at from app.drafts d join app.brands b on b.id = d.brand_id
where d.archived_at is not null and d.created_at >= %(since)s
  and not exists (select from app.draft_versions v where v.draft_id = d.id)
  and (%(brand)s::uuid is null or d.brand_id = %(brand)s)
order by d.archived_at desc, d.id limit %(most)s
"""
_EMPTY = """
select b.name, v.name, v.number, v.created_at from app.draft_versions v join app.drafts d on d.id = v.draft_id
join app.brands b on b.id = d.brand_id
where v.created_at >= %(since)s and v.caption = '' and jsonb_array_length(v.media) = 0
  and (%(brand)s::uuid is null or d.brand_id = %(brand)s)
order by v.created_at desc, v.id limit %(most)s
"""

CREATIVE = pipelines.Stage(
    name="creative",
    title="Creative",
    help="Drafts that people make become versions they ask a decision for. It takes the time people take.",
    icon="space_dashboard",
    reach="brand",
    path="/creator",
    takes="drafts",
    targets=pipelines.Targets(),
    works=_WORKS,
    rejects=pipelines.Table(("Brand", "Draft", "Begun at", "Put away at"), _REJECTS),
    checks=(
        pipelines.Check(
            "has_content",
            "Every version has words or a picture",
            "A version with neither cannot be published anywhere, and nobody can decide on it.",
            pipelines.Table(("Brand", "Version", "Number", "Made at"), _EMPTY),
        ),
    ),
)
