-- How a person wants to be told, and what they do not want to hear of. Nobody else sees either, but the worker.
create table app.notice_preferences (
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  zone text not null default 'UTC',
  quiet_from time,
  quiet_to time,
  urgent_breaks boolean not null default true,
  digest_at time not null default '09:00',
  rhythms jsonb not null default '{}' check (jsonb_typeof(rhythms) = 'object'),
  updated_at timestamptz not null default now(),
  primary key (org_id, user_id),
  check ((quiet_from is null) = (quiet_to is null))
);
create index notice_preferences_user on app.notice_preferences (user_id);
alter table app.notice_preferences enable row level security;
alter table app.notice_preferences force row level security;
create policy notice_preferences_select on app.notice_preferences for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));
create policy notice_preferences_insert on app.notice_preferences for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy notice_preferences_update on app.notice_preferences for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update on app.notice_preferences to authenticated, service_role;

create table app.notice_mutes (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  reach text not null check (reach in ('cause', 'object', 'category')),
  what text not null check (what <> ''),
  label text not null,
  until timestamptz,
  created_at timestamptz not null default now(),
  unique (org_id, user_id, reach, what)
);
create index notice_mutes_user on app.notice_mutes (user_id);
alter table app.notice_mutes enable row level security;
alter table app.notice_mutes force row level security;
create policy notice_mutes_select on app.notice_mutes for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));
create policy notice_mutes_insert on app.notice_mutes for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy notice_mutes_update on app.notice_mutes for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy notice_mutes_delete on app.notice_mutes for delete to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update, delete on app.notice_mutes to authenticated, service_role;
