-- Words kept for reuse, per brand: hashtag groups, and what a campaign's links carry.
create table app.text_presets (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  kind text not null check (kind in ('hashtags', 'utm')),
  name text not null check (length(btrim(name)) between 1 and 60),
  body text not null check (length(body) between 1 and 2000),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null
);
create unique index text_presets_named on app.text_presets (org_id, brand_id, kind, lower(name));
create index text_presets_brand on app.text_presets (brand_id);
create index text_presets_created_by on app.text_presets (created_by);
alter table app.text_presets enable row level security;
alter table app.text_presets force row level security;
create policy text_presets_select on app.text_presets for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy text_presets_insert on app.text_presets for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy text_presets_update on app.text_presets for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy text_presets_delete on app.text_presets for delete to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update, delete on app.text_presets to authenticated, service_role;
