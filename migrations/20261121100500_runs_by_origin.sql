-- All runs that one schedule set off, the newest first.
create index job_runs_origin_of on app.job_runs (org_id, origin_id, started_at desc, id desc) where origin_id is not null;
