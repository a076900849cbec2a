-- A brand: what posts speak for, in whose time zone, with which colours and logo.
create table app.brands (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 80),
  web_address text not null default '',
  time_zone text not null,
  colours text[] not null default '{}' check (cardinality(colours) <= 5),
  logo_key text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index brands_org on app.brands (org_id, name);
alter table app.brands enable row level security;
alter table app.brands force row level security;
create policy brands_select on app.brands for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy brands_insert on app.brands for insert to authenticated with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy brands_update on app.brands for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, update on app.brands to authenticated, service_role;
