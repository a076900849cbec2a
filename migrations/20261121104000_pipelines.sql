-- What an organisation wants of each stage, and what should have happened and did not.
create table app.stage_targets (
  org_id uuid not null references app.organisations (id) on delete cascade,
  stage text not null,
  fresh_seconds int,
  silence_seconds int,
  success_ratio double precision,
  p95_seconds int,
  updated_at timestamptz not null,
  updated_by uuid references auth.users (id) on delete set null,
  primary key (org_id, stage)
);
create index stage_targets_person on app.stage_targets (updated_by);
alter table app.stage_targets enable row level security;
alter table app.stage_targets force row level security;
create policy stage_targets_select on app.stage_targets for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy stage_targets_insert on app.stage_targets for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy stage_targets_update on app.stage_targets for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[]))
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy stage_targets_delete on app.stage_targets for delete to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, update, delete on app.stage_targets to authenticated, service_role;

-- `subject` is 'stage/<name>' or 'schedule/<id>'; one open row per subject and cause, written by the clockwork.
create table app.pipeline_alerts (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  subject text not null,
  cause text not null,
  title text not null,
  said text not null,
  since timestamptz not null,
  raised_at timestamptz not null,
  resolved_at timestamptz
);
create unique index pipeline_alerts_open on app.pipeline_alerts (org_id, subject, cause) where resolved_at is null;
create index pipeline_alerts_org on app.pipeline_alerts (org_id, raised_at desc);
alter table app.pipeline_alerts enable row level security;
alter table app.pipeline_alerts force row level security;
create policy pipeline_alerts_select on app.pipeline_alerts for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
grant select on app.pipeline_alerts to authenticated;
grant select, insert, update, delete on app.pipeline_alerts to service_role;

-- When the clockwork last looked at an organisation's stages: one worker looks at a time.
create table app.pipeline_looks (
  org_id uuid primary key references app.organisations (id) on delete cascade,
  looked_at timestamptz not null
);
alter table app.pipeline_looks enable row level security;
alter table app.pipeline_looks force row level security;
create policy pipeline_looks_select on app.pipeline_looks for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
grant select on app.pipeline_looks to authenticated;
grant select, insert, update, delete on app.pipeline_looks to service_role;
