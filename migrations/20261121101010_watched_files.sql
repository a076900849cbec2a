-- What watching a folder or an address has seen: a file is taken again only when its mark differs.
create table app.watched_files (
  org_id uuid not null references app.organisations (id) on delete cascade,
  source text not null,
  name text not null,
  mark text not null,
  problem text not null default '',
  import_id uuid references app.imports (id) on delete set null,
  seen_at timestamptz not null,
  primary key (org_id, source, name)
);
create index watched_files_import on app.watched_files (import_id);
alter table app.watched_files enable row level security;
alter table app.watched_files force row level security;
create policy watched_files_select on app.watched_files for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy watched_files_insert on app.watched_files for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy watched_files_update on app.watched_files for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]))
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update on app.watched_files to authenticated, service_role;
