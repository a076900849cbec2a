-- Drafts being made, their immutable versions, and the competitor ads that inspired them.
create table app.drafts (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  name text not null,
  template text not null,
  fields jsonb not null default '{}',
  caption text not null default '',
  link text not null default '',
  alt_text text not null default '',
  revision int not null default 1,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz
);
create index drafts_org on app.drafts (org_id, updated_at desc, id desc);
create index drafts_brand on app.drafts (brand_id);
create index drafts_created_by on app.drafts (created_by);

create table app.draft_versions (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  draft_id uuid not null references app.drafts (id) on delete cascade,
  number int not null,
  name text not null,
  template text not null,
  fields jsonb not null,
  caption text not null,
  link text not null,
  alt_text text not null,
  media jsonb not null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  unique (draft_id, number)
);
create index draft_versions_org on app.draft_versions (org_id, draft_id, number desc);
create index draft_versions_created_by on app.draft_versions (created_by);

create table app.draft_evidence (
  draft_id uuid not null references app.drafts (id) on delete cascade,
  ad_id uuid not null references app.ads (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  added_at timestamptz not null,
  primary key (draft_id, ad_id)
);
create index draft_evidence_org on app.draft_evidence (org_id, draft_id);
create index draft_evidence_ad on app.draft_evidence (ad_id);

do $$ declare t text; begin
  foreach t in array array['drafts', 'draft_versions', 'draft_evidence'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('grant select, insert on app.%I to authenticated, service_role', t);
  end loop;
end $$;
-- a version is immutable: nobody has update or delete on it
create policy drafts_update on app.drafts for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
create policy draft_evidence_delete on app.draft_evidence for delete to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant update on app.drafts to authenticated, service_role;
grant delete on app.draft_evidence to authenticated, service_role;
