-- A clip of a draft that is made to fit: who asked for what, how far it is, and what came of it.
create table app.clip_fixes (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  draft_id uuid not null references app.drafts (id) on delete cascade,
  asset_id uuid not null references app.assets (id) on delete cascade,
  wanted jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done_seconds real not null default 0,
  total_seconds real not null default 0,
  cancel_asked_at timestamptz,
  made_asset_id uuid references app.assets (id) on delete set null,
  error text not null default '',
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index clip_fixes_org on app.clip_fixes (org_id, draft_id, created_at desc);
-- asking twice makes one
create unique index clip_fixes_one_at_a_time on app.clip_fixes (draft_id, asset_id) where state in ('waiting', 'running');
create index clip_fixes_draft on app.clip_fixes (draft_id);
create index clip_fixes_asset on app.clip_fixes (asset_id);
create index clip_fixes_made on app.clip_fixes (made_asset_id);
create index clip_fixes_created_by on app.clip_fixes (created_by);
alter table app.clip_fixes enable row level security;
alter table app.clip_fixes force row level security;
create policy clip_fixes_select on app.clip_fixes for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy clip_fixes_insert on app.clip_fixes for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy clip_fixes_update on app.clip_fixes for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update on app.clip_fixes to authenticated, service_role;
