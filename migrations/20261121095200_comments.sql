-- What members say to each other about a draft. Nothing of it reaches a platform.
create table app.draft_comments (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  draft_id uuid not null references app.drafts (id) on delete cascade,
  version_id uuid references app.draft_versions (id) on delete set null,
  body text not null check (length(btrim(body)) between 1 and 2000),
  mentions uuid[] not null default '{}',
  written_by uuid references auth.users (id) on delete set null,
  written_at timestamptz not null,
  removed_at timestamptz
);
create index draft_comments_org on app.draft_comments (org_id, draft_id, written_at, id);
create index draft_comments_draft on app.draft_comments (draft_id);
create index draft_comments_version on app.draft_comments (version_id);
create index draft_comments_written_by on app.draft_comments (written_by);
alter table app.draft_comments enable row level security;
alter table app.draft_comments force row level security;
create policy draft_comments_select on app.draft_comments for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
-- nobody writes in somebody else's name, and only their own words are taken away
create policy draft_comments_insert on app.draft_comments for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]) and written_by = (select auth.uid()));
create policy draft_comments_update on app.draft_comments for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]) and written_by = (select auth.uid()))
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]) and written_by = (select auth.uid()));
grant select, insert on app.draft_comments to authenticated, service_role;
grant update (removed_at) on app.draft_comments to authenticated, service_role;

-- Which day each organisation was last told what waits: once a day, however many workers tick.
create table app.review_digests (
  org_id uuid primary key references app.organisations (id) on delete cascade,
  told_on date not null
);
alter table app.review_digests enable row level security;
alter table app.review_digests force row level security;
create policy review_digests_select on app.review_digests for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
grant select on app.review_digests to authenticated;
grant select, insert, update on app.review_digests to service_role;
