-- Filters of a screen that a person keeps under a name; nobody else sees them.
create table app.saved_views (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  screen text not null check (length(screen) between 1 and 40),
  name text not null check (length(btrim(name)) between 1 and 60),
  query text not null check (length(query) <= 2000),
  created_at timestamptz not null
);
create unique index saved_views_named on app.saved_views (org_id, user_id, screen, lower(name));
create index saved_views_user on app.saved_views (user_id);
alter table app.saved_views enable row level security;
alter table app.saved_views force row level security;
create policy saved_views_select on app.saved_views for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy saved_views_insert on app.saved_views for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy saved_views_update on app.saved_views for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy saved_views_delete on app.saved_views for delete to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update, delete on app.saved_views to authenticated, service_role;
