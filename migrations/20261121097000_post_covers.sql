-- What came of the picture that a platform is given for a clip once the post is out; a row where one was due.
create table app.post_covers (
  post_id uuid primary key references app.posts (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  state text not null check (state in ('set', 'failed')),
  reason text not null default '',
  at timestamptz not null
);
create index post_covers_org on app.post_covers (org_id, post_id);
alter table app.post_covers enable row level security;
alter table app.post_covers force row level security;
create policy post_covers_select on app.post_covers for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy post_covers_insert on app.post_covers for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy post_covers_update on app.post_covers for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant select, insert, update on app.post_covers to authenticated, service_role;
