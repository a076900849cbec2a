-- One message per person, object and cause, with a count while it is unread. `cause` stays what it was: the key of the
-- occurrence that began the message. `matter` names object and cause; rows of before have none and are joined by nothing.
alter table app.notifications
  add column category text not null default 'organisation'
    check (category in ('approvals', 'publishing', 'channels', 'jobs', 'results', 'organisation')),
  add column severity text not null default 'info' check (severity in ('info', 'warning', 'urgent')),
  add column matter text,
  add column object text not null default '',
  add column count int not null default 1 check (count > 0),
  add column is_muted boolean not null default false,
  add column told_at timestamptz not null default now();
update app.notifications set
  told_at = created_at,
  object = split_part(cause, '/', 1) || '/' || split_part(cause, '/', 2),
  severity = case tone when 'red' then 'urgent' when 'orange' then 'warning' else 'info' end,
  category = case when kind in ('review', 'comment', 'digest') then 'approvals' when kind = 'post' then 'publishing'
    when kind like 'channel%' then 'channels' when kind = 'import' then 'jobs' else 'organisation' end;
create unique index notifications_open on app.notifications (org_id, user_id, matter) where read_at is null;
create index notifications_newest on app.notifications (org_id, user_id, told_at desc, id desc);
drop policy notifications_update on app.notifications;
create policy notifications_update on app.notifications for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));

-- What was said at once to some people, as it leaves for channels. `planned_at`: its deliveries have been planned.
create table app.notice_tellings (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  category text not null,
  severity text not null,
  matter text not null,
  title text not null,
  body text not null default '',
  link text not null check (link like '/%' and link not like '//%'),
  is_shared boolean not null default false,
  told_at timestamptz not null default now(),
  planned_at timestamptz
);
create index notice_tellings_org on app.notice_tellings (org_id, told_at);
alter table app.notice_tellings enable row level security;
alter table app.notice_tellings force row level security;
create policy notice_tellings_select on app.notice_tellings for select to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy notice_tellings_insert on app.notice_tellings for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
create policy notice_tellings_update on app.notice_tellings for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null)
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
grant select, insert on app.notice_tellings to authenticated, service_role;
grant update (planned_at) on app.notice_tellings to authenticated;
grant delete on app.notice_tellings to service_role;

-- What a person was told of already: a job that runs twice tells once.
create table app.notice_occurrences (
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  cause text not null,
  telling_id uuid not null references app.notice_tellings (id) on delete cascade,
  primary key (org_id, user_id, cause)
);
create index notice_occurrences_user on app.notice_occurrences (user_id);
create index notice_occurrences_telling on app.notice_occurrences (telling_id);
alter table app.notice_occurrences enable row level security;
alter table app.notice_occurrences force row level security;
create policy notice_occurrences_select on app.notice_occurrences for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));
create policy notice_occurrences_insert on app.notice_occurrences for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
grant select, insert on app.notice_occurrences to authenticated, service_role;
