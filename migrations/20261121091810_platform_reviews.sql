-- How far our app's review has come on each platform, as people note it.
create table app.platform_reviews (
  org_id uuid not null references app.organisations (id) on delete cascade,
  platform text not null check (length(platform) between 1 and 40),
  state text not null check (state in ('not_started', 'applied', 'granted', 'refused')),
  applied_on date,
  note text not null default '' check (length(note) <= 500),
  updated_by uuid references auth.users (id) on delete set null,
  updated_at timestamptz not null,
  primary key (org_id, platform)
);
create index platform_reviews_updated_by on app.platform_reviews (updated_by);
alter table app.platform_reviews enable row level security;
alter table app.platform_reviews force row level security;
create policy platform_reviews_select on app.platform_reviews for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy platform_reviews_insert on app.platform_reviews for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy platform_reviews_update on app.platform_reviews for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, update on app.platform_reviews to authenticated, service_role;
