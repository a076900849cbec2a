-- One row per stored picture or clip; bytes live in the file store under file_key. sha256 is of the stored bytes,
-- original_sha256 of the bytes as they came, before anything was stripped: it recognises the same file coming again.
create table app.assets (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid references app.brands (id) on delete cascade,
  kind text not null check (kind in ('image', 'video')),
  source text not null check (source in ('upload', 'ad', 'sample')),
  original_name text not null,
  file_key text not null unique,
  thumb_key text,
  content_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  original_sha256 text not null check (original_sha256 ~ '^[0-9a-f]{64}$'),
  width int not null,
  height int not null,
  duration_seconds numeric(10, 3),
  colours text[] not null default '{}',
  tags text[] not null default '{}',
  alt_text text not null default '',
  rights_end_on date,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index assets_exact on app.assets (org_id, brand_id, source, original_sha256) nulls not distinct
  where deleted_at is null;
create index assets_shelf on app.assets (org_id, created_at desc, id desc) where deleted_at is null;
create index assets_tags on app.assets using gin (tags);
create index assets_brand on app.assets (brand_id);
create index assets_created_by on app.assets (created_by);
alter table app.assets enable row level security;
alter table app.assets force row level security;
create policy assets_select on app.assets for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy assets_insert on app.assets for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy assets_update on app.assets for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update on app.assets to authenticated, service_role;
