-- What a run was for, what set it off, what it made and what it cost. All of it is told while it runs or at its end.
alter table app.job_runs
  add column kind text,
  add column brand_id uuid,
  add column origin text check (origin in ('person', 'schedule', 'chain', 'retry')),
  add column origin_id text,
  add column started_by uuid,
  add column trace_id text,
  add column inputs jsonb,
  add column outcome jsonb,
  add column api_calls bigint not null default 0,
  add column cost_micros bigint not null default 0,
  add column cost_currency text,
  add column stop_asked_at timestamptz;
alter table app.job_runs drop constraint job_runs_status_check;
alter table app.job_runs add constraint job_runs_status_check
  check (status in ('running', 'succeeded', 'failed', 'retrying', 'lost', 'aborted', 'quarantined'));

-- Plain jobs have neither kind nor brand nor origin, and most end well: they cost these indexes nothing.
create index job_runs_kind on app.job_runs (org_id, kind, started_at desc, id desc) where kind is not null;
create index job_runs_brand on app.job_runs (org_id, brand_id, started_at desc, id desc) where brand_id is not null;
create index job_runs_origin on app.job_runs (org_id, origin, started_at desc, id desc) where origin is not null;
create index job_runs_state on app.job_runs (org_id, status, started_at desc, id desc)
  where status in ('failed', 'retrying', 'lost', 'aborted', 'quarantined');
create index job_runs_late on app.job_runs (org_id, started_at desc, id desc)
  where started_at - due_at > interval '30 seconds';
