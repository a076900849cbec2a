-- Who did what, written in the transaction of the act. Append-only: no role but the owner may change or delete a row.
create table app.audit_log (
  id bigint generated always as identity primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  at timestamptz not null,
  actor_id uuid,
  act text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index audit_log_org on app.audit_log (org_id, at desc, id desc);
create index audit_log_subject on app.audit_log (org_id, subject_kind, subject_id);
alter table app.audit_log enable row level security;
alter table app.audit_log force row level security;
create policy audit_log_select on app.audit_log for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy audit_log_insert on app.audit_log for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and actor_id is not distinct from (select auth.uid()));
grant select, insert on app.audit_log to authenticated, service_role;
grant usage on sequence app.audit_log_id_seq to authenticated, service_role;
