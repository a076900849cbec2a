-- One message to one target: a person's e-mail, or an outlet. `what` is its subject, `address` is masked.
create table app.notice_deliveries (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid references auth.users (id) on delete cascade,
  outlet_id uuid references app.notice_outlets (id) on delete cascade,
  via text not null check (via in ('email', 'slack', 'webhook')),
  what text not null default '',
  is_test boolean not null default false,
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'retrying', 'sent', 'refused', 'unknown', 'dropped')),
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  state_at timestamptz not null default now(),
  check ((user_id is null) <> (outlet_id is null))
);
create index notice_deliveries_org on app.notice_deliveries (org_id, created_at desc, id desc);
create index notice_deliveries_user on app.notice_deliveries (user_id);
create index notice_deliveries_outlet on app.notice_deliveries (outlet_id);
create index notice_deliveries_under_way on app.notice_deliveries (state_at) where state in ('waiting', 'sending', 'retrying');
alter table app.notice_deliveries enable row level security;
alter table app.notice_deliveries force row level security;
create policy notice_deliveries_select on app.notice_deliveries for select to authenticated
  using ((org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null))
         or (outlet_id is not null and org_id = any ((select app.my_admin_org_ids())::uuid[])));
create policy notice_deliveries_insert on app.notice_deliveries for insert to authenticated
  with check ((org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null))
              or (outlet_id is not null and org_id = any ((select app.my_admin_org_ids())::uuid[])));
create policy notice_deliveries_update on app.notice_deliveries for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null)
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
grant select, insert on app.notice_deliveries to authenticated, service_role;
grant update (what, state, attempts, state_at) on app.notice_deliveries to authenticated, service_role;

-- What waits for its time, and then what a delivery carries: one row per target and matter until it leaves.
create table app.notice_queue (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid references auth.users (id) on delete cascade,
  outlet_id uuid references app.notice_outlets (id) on delete cascade,
  target uuid not null,
  matter text not null,
  telling_id uuid not null references app.notice_tellings (id) on delete cascade,
  count int not null default 1,
  due_at timestamptz not null,
  delivery_id uuid references app.notice_deliveries (id) on delete cascade,
  left_at timestamptz,
  check ((user_id is null) <> (outlet_id is null))
);
create unique index notice_queue_waiting on app.notice_queue (org_id, target, matter) where delivery_id is null;
create index notice_queue_matter on app.notice_queue (org_id, target, matter, left_at);
create index notice_queue_due on app.notice_queue (due_at) where delivery_id is null;
create index notice_queue_user on app.notice_queue (user_id);
create index notice_queue_outlet on app.notice_queue (outlet_id);
create index notice_queue_telling on app.notice_queue (telling_id);
create index notice_queue_delivery on app.notice_queue (delivery_id);
alter table app.notice_queue enable row level security;
alter table app.notice_queue force row level security;
create policy notice_queue_select on app.notice_queue for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null));
create policy notice_queue_insert on app.notice_queue for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
create policy notice_queue_update on app.notice_queue for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null)
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
create policy notice_queue_delete on app.notice_queue for delete to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
grant select, insert, update, delete on app.notice_queue to authenticated, service_role;

-- What happened at each try. Append-only: nobody may change or delete a row.
create table app.notice_log (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  delivery_id uuid not null references app.notice_deliveries (id) on delete cascade,
  user_id uuid references auth.users (id) on delete cascade,
  outlet_id uuid references app.notice_outlets (id) on delete cascade,
  via text not null,
  address text not null default '',
  what text not null default '',
  messages int not null default 1,
  attempt int not null default 1,
  outcome text not null check (outcome in ('sent', 'again', 'refused', 'unknown', 'dropped')),
  answer text not null default '',
  at timestamptz not null default now()
);
create index notice_log_org on app.notice_log (org_id, at desc, id desc);
create index notice_log_delivery on app.notice_log (delivery_id);
create index notice_log_user on app.notice_log (user_id);
create index notice_log_outlet on app.notice_log (outlet_id);
alter table app.notice_log enable row level security;
alter table app.notice_log force row level security;
create policy notice_log_select on app.notice_log for select to authenticated
  using ((org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null))
         or (outlet_id is not null and org_id = any ((select app.my_admin_org_ids())::uuid[])));
create policy notice_log_insert on app.notice_log for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
grant select, insert on app.notice_log to authenticated, service_role;
