-- Campaigns: a name over some days of a brand's calendar, both days included.
create table app.campaigns (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 80),
  starts_on date not null,
  ends_on date not null,
  colour text not null check (colour in ('violet', 'blue', 'green', 'yellow', 'orange', 'red')),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  check (ends_on between starts_on and starts_on + 366)
);
create index campaigns_org on app.campaigns (org_id, brand_id, starts_on, ends_on);
create index campaigns_brand on app.campaigns (brand_id);
create index campaigns_created_by on app.campaigns (created_by);
alter table app.campaigns enable row level security;
alter table app.campaigns force row level security;
create policy campaigns_select on app.campaigns for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy campaigns_insert on app.campaigns for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy campaigns_update on app.campaigns for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy campaigns_delete on app.campaigns for delete to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update, delete on app.campaigns to authenticated, service_role;
