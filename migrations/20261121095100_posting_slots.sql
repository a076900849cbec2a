-- When a brand usually posts: a weekday (0 is Monday) and a minute of the day on the brand's wall clock.
create table app.posting_slots (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  weekday smallint not null check (weekday between 0 and 6),
  minute smallint not null check (minute between 0 and 1439),
  unique (brand_id, weekday, minute)
);
create index posting_slots_org on app.posting_slots (org_id, brand_id);
alter table app.posting_slots enable row level security;
alter table app.posting_slots force row level security;
create policy posting_slots_select on app.posting_slots for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy posting_slots_insert on app.posting_slots for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy posting_slots_delete on app.posting_slots for delete to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, delete on app.posting_slots to authenticated, service_role;
