-- What a job says while it runs, a bounded number of lines per run.
create table app.run_log_lines (
  run_id bigint not null references app.job_runs (id) on delete cascade,
  number int not null,
  org_id uuid references app.organisations (id) on delete cascade,
  at timestamptz not null,
  level text not null check (level in ('info', 'warning', 'error')),
  text text not null,
  primary key (run_id, number)
);
create index run_log_lines_org on app.run_log_lines (org_id, run_id);
alter table app.run_log_lines enable row level security;
alter table app.run_log_lines force row level security;
create policy run_log_lines_select on app.run_log_lines for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy run_log_lines_worker on app.run_log_lines for all to app_worker using (true) with check (true);
grant select on app.run_log_lines to authenticated;
grant select, insert on app.run_log_lines to app_worker;
grant select, insert, update, delete on app.run_log_lines to service_role;
