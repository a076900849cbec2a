-- When a file got its small picture: the pipeline counts files by it, without a look at every run of the half year.
alter table app.assets add column thumb_at timestamptz;
update app.assets a set thumb_at = r.made_at
from (select subject_id, max(finished_at) as made_at from app.job_runs
  where task = 'media.make_thumbnail' and status = 'succeeded' group by subject_id) r
where a.thumb_key is not null and r.subject_id = a.id::text;
create index assets_pictured on app.assets (org_id, thumb_at) include (brand_id, created_at) where thumb_at is not null;
create index assets_bare on app.assets (org_id, created_at) where thumb_key is null and deleted_at is null;
