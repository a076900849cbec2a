"""
How long the Pipelines screen's read takes with 100,000 files, 100,000 ads and 2,000 posts of the last 28 days.

Target: <= 300 ms, all of it in the window that is counted. Yardstick in the same run: the runs of one stage counted by
the superuser, past row security, in one bare statement.
"""

import psycopg

from services import pipelines
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms
from tests.makers.accounts import make_channel
from tests.makers.cast import make_cast

FILES, ADS, POSTS, IMPORTS, TARGET_MS = 100_000, 100_000, 2_000, 500, 300

_FILL: tuple[str, ...] = (
    """create temp table spread as select n, gen_random_uuid() as draft, gen_random_uuid() as version,
  gen_random_uuid() as request, gen_random_uuid() as approval, gen_random_uuid() as post,
  %(now)s::timestamptz - n * interval '20 minutes' as at from generate_series(1, %(posts)s) n""",
    """insert into app.assets (id, org_id, brand_id, kind, source, original_name, file_key, thumb_key, thumb_at,
  content_type, size_bytes, sha256, original_sha256, width, height, created_at)
select gen_random_uuid(), %(org)s, %(brand)s, 'image', 'upload', 'picture ' || n || '.jpg', %(org)s::uuid || '/' || n,
  case when n %% 100 > 0 then 'small/' || n end, case when n %% 100 > 0 then at + n %% 9 * interval '1 second' end,
  'image/jpeg', 100000 + n, repeat(md5(n::text), 2), repeat(md5(n::text), 2), 1080, 1350, at
from (select n, %(now)s::timestamptz - n * interval '24 seconds' as at from generate_series(1, %(files)s) n) f""",
    """insert into app.job_runs (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, finished_at)
select org_id, 1000000 + row_number() over (), 'media.make_thumbnail', 1, id::text,
  case when thumb_at is null then 'failed' else 'succeeded' end, created_at, created_at,
  coalesce(thumb_at, created_at) from app.assets where org_id = %(org)s""",
    """insert into app.imports (id, org_id, kind, collector, file_name, file_key, file_sha256, file_bytes, collected_on,
  state, created_at, finished_at, rows_done, rows_added)
select gen_random_uuid(), %(org)s, 'meta_ads', 'meta_ad_library', n || '.csv', 'imports/' || n, md5(n::text), 1,
  '2026-11-01', 'done', at, at + interval '30 seconds', %(ads)s / %(imports)s, %(ads)s / %(imports)s
from (select n, %(now)s::timestamptz - n * interval '1 hour' as at from generate_series(1, %(imports)s) n) i""",
    """insert into app.advertisers (id, org_id, platform, remote_id, name, observed_on, first_seen_at, last_seen_at)
values (%(brand)s, %(org)s, 'facebook', '1', 'Rival', '2026-11-01', %(now)s, %(now)s)""",
    """insert into app.ads (id, org_id, advertiser_id, kind, platform, remote_id, content_hash, collector, observed_on,
  first_seen_at, last_seen_at)
select gen_random_uuid(), %(org)s, %(brand)s, 'ad', 'facebook', n::text, md5(n::text), 'meta_ad_library', '2026-11-01',
  %(now)s, %(now)s from generate_series(1, %(ads)s) n""",
    """insert into app.drafts (id, org_id, brand_id, name, template, created_at, updated_at)
select draft, %(org)s, %(brand)s, 'Draft ' || n, 'hero', at, at from spread""",
    """insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, alt_text,
  media, created_at) select version, %(org)s, draft, 1, 'Draft ' || n, 'hero', '{}', 'Words', '', '', '[]', at
from spread""",
    """insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at, decided_at)
select request, %(org)s, draft, version, 'approved', at, at from spread""",
    """insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at)
select approval, %(org)s, request, version, %(channel)s, repeat('0', 64), '{}', at from spread""",
    """insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state,
  state_at, published_at, remote_id, created_at) select post, %(org)s, %(brand)s, %(channel)s, approval, version,
  repeat('0', 64), at, 'UTC', 'published', at, at, n::text, at from spread""",
    """insert into app.metric_pulls (id, org_id, post_id, reason, due_at, state, finished_at)
select gen_random_uuid(), %(org)s, post, h || 'h', at + h * interval '1 hour', 'done', at + h * interval '1 hour'
from spread, unnest(array[6, 24, 72]) h""",
    """insert into app.metric_snapshots (id, org_id, post_id, taken_at, views, raw)
select gen_random_uuid(), %(org)s, post, at + interval '6 hours', 5, '{}' from spread""",
)
_BARE = (
    "select status, count(*) from app.job_runs where org_id = %s and task = 'media.make_thumbnail' "
    "and started_at >= now() - interval '10 years' group by status"
)


def measure() -> list[Figure]:
    with bench_world() as world, psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        cast = make_cast(world)
        given = {"org": cast.acme, "brand": cast.brand, "channel": make_channel(world, cast), "ads": ADS,
                 "now": world.clock.now(), "posts": POSTS, "files": FILES, "imports": IMPORTS}  # fmt: skip
        for statement in _FILL:
            with psycopg.ClientCursor(connection) as cursor:
                cursor.execute(statement, given)
        connection.execute("vacuum analyze")

        def read() -> None:
            """As `pages/parts/pipeline_desk.py` reads."""
            with world.web.tx(cast.ana) as tx:
                pipelines.standings(tx)
                pipelines.alerts(tx)
                for stage in pipelines.list_stages():
                    pipelines.marks(tx, stage.name)
                    pipelines.has_own_targets(tx, stage)

        def check() -> None:
            """As the card of checks reads, for the stage of files."""
            with world.web.tx(cast.ana) as tx:
                for rule in pipelines.get_stage("assets").checks:
                    pipelines.broken(tx, "assets", rule.name)

        plain = median_ms(lambda: connection.execute(_BARE, [cast.acme]).fetchall())
        yardstick, name = "runs of one stage counted", f"Pipelines, {FILES:,} files, {ADS:,} ads, {POSTS:,} posts"
        return [
            Figure(f"{name}: what the screen reads", median_ms(read), "ms", TARGET_MS, yardstick, plain),
            Figure(f"{name}: the checks of files", median_ms(check), "ms", TARGET_MS, yardstick, plain),
        ]  # fmt: skip
