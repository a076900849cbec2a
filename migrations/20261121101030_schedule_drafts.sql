-- What a person has begun to enter in the form of a schedule and not kept yet; nobody else sees it.
create table app.schedule_drafts (
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  form text not null check (length(form) between 1 and 80),
  entered jsonb not null check (length(entered::text) <= 100000),
  updated_at timestamptz not null,
  primary key (org_id, user_id, form)
);
create index schedule_drafts_user on app.schedule_drafts (user_id);
alter table app.schedule_drafts enable row level security;
alter table app.schedule_drafts force row level security;
create policy schedule_drafts_select on app.schedule_drafts for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy schedule_drafts_insert on app.schedule_drafts for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy schedule_drafts_update on app.schedule_drafts for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy schedule_drafts_delete on app.schedule_drafts for delete to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update, delete on app.schedule_drafts to authenticated, service_role;
