-- One row per person, object and cause.
create table app.notifications (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null,
  tone text not null check (tone in ('green', 'red', 'orange', 'blue', 'gray')),
  title text not null,
  body text not null default '',
  link text not null check (link like '/%' and link not like '//%'),
  cause text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (org_id, user_id, cause)
);
create index notifications_unread on app.notifications (org_id, user_id, created_at desc) where read_at is null;
create index notifications_user on app.notifications (user_id);
alter table app.notifications enable row level security;
alter table app.notifications force row level security;
create policy notifications_select on app.notifications for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));
create policy notifications_insert on app.notifications for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy notifications_update on app.notifications for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update on app.notifications to authenticated, service_role;
