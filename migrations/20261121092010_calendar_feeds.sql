-- Addresses under which a calendar program reads a brand's posts. Only the hash is kept; whoever made one sees it.
create table app.calendar_feeds (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  token_hash text not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index calendar_feeds_org on app.calendar_feeds (org_id, user_id, created_at desc);
create index calendar_feeds_brand on app.calendar_feeds (brand_id);
create index calendar_feeds_user on app.calendar_feeds (user_id);
alter table app.calendar_feeds enable row level security;
alter table app.calendar_feeds force row level security;
create policy calendar_feeds_select on app.calendar_feeds for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy calendar_feeds_insert on app.calendar_feeds for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy calendar_feeds_update on app.calendar_feeds for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update on app.calendar_feeds to authenticated, service_role;
-- whose calendar an address is, asked before anybody's scope is known
create policy calendar_feeds_web on app.calendar_feeds for select to app_web using (revoked_at is null);
grant select (org_id, brand_id, user_id, token_hash, revoked_at) on app.calendar_feeds to app_web;
