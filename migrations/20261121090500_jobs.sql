-- One row per run of a job, written by the worker; read by people of the organisation the job worked for.
create table app.job_runs (
  id bigint generated always as identity primary key,
  org_id uuid references app.organisations (id) on delete cascade,
  job_id bigint not null,
  task text not null,
  attempt int not null,
  subject_id text,
  status text not null check (status in ('running', 'succeeded', 'failed', 'retrying', 'lost', 'aborted')),
  due_at timestamptz,
  started_at timestamptz not null,
  finished_at timestamptz,
  progress_done bigint,
  progress_total bigint,
  note text not null default '',
  error text,
  worker text not null default '',
  unique (job_id, attempt)
);
create index job_runs_org on app.job_runs (org_id, started_at desc, id desc);
create index job_runs_running on app.job_runs (org_id, task) where status = 'running';
alter table app.job_runs enable row level security;
alter table app.job_runs force row level security;
create policy job_runs_select on app.job_runs for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy job_runs_worker on app.job_runs for all to app_worker using (true) with check (true);
grant select on app.job_runs to authenticated;
grant select, insert, update on app.job_runs to app_worker;
grant select, insert, update, delete on app.job_runs to service_role;
alter table app.job_runs set (autovacuum_analyze_scale_factor = 0.05);
grant usage on sequence app.job_runs_id_seq to app_worker, service_role;

-- Which workers live: one row per process, refreshed every few seconds.
create table app.worker_beats (
  worker text primary key,
  host text not null,
  pid int not null,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
alter table app.worker_beats enable row level security;
alter table app.worker_beats force row level security;
create policy worker_beats_worker on app.worker_beats for all to app_worker using (true) with check (true);
create policy worker_beats_web on app.worker_beats for select to app_web using (true);
grant select on app.worker_beats to app_web;
grant select, insert, update, delete on app.worker_beats to app_worker, service_role;
