-- A request for a decision on one version, and the decision per channel that carries the seal.
create table app.review_requests (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  draft_id uuid not null references app.drafts (id) on delete cascade,
  version_id uuid not null references app.draft_versions (id) on delete cascade,
  note text not null default '',
  wanted_at timestamptz,
  state text not null check (state in ('waiting', 'approved', 'rejected', 'withdrawn', 'replaced')),
  asked_by uuid references auth.users (id) on delete set null,
  asked_at timestamptz not null,
  decided_by uuid references auth.users (id) on delete set null,
  decided_at timestamptz,
  reason text not null default '',
  check (state <> 'rejected' or length(btrim(reason)) > 0)
);
create unique index review_requests_one_waiting on app.review_requests (draft_id) where state = 'waiting';
create index review_requests_queue on app.review_requests (org_id, state, asked_at, id);
create index review_requests_version on app.review_requests (version_id);
create index review_requests_asked_by on app.review_requests (asked_by);
create index review_requests_decided_by on app.review_requests (decided_by);

create table app.approvals (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  request_id uuid not null references app.review_requests (id) on delete cascade,
  version_id uuid not null references app.draft_versions (id) on delete cascade,
  channel_id uuid not null references app.channels (id) on delete cascade,
  seal text not null check (seal ~ '^[0-9a-f]{64}$'),
  sealed jsonb not null,
  approved_by uuid references auth.users (id) on delete set null,
  approved_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index approvals_one_live on app.approvals (request_id, channel_id) where withdrawn_at is null;
create index approvals_request on app.approvals (request_id);
create index approvals_org on app.approvals (org_id, approved_at desc);
create index approvals_version on app.approvals (version_id);
create index approvals_channel on app.approvals (channel_id);
create index approvals_approved_by on app.approvals (approved_by);

do $$ declare t text; begin
  foreach t in array array['review_requests', 'approvals'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('create policy %I on app.%I for update to authenticated using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_update', t);
    execute format('grant select, insert on app.%I to authenticated, service_role', t);
  end loop;
end $$;
-- what was asked and what was sealed never change; only the decision is written, once
grant update (state, decided_by, decided_at, reason) on app.review_requests to authenticated, service_role;
grant update (withdrawn_at) on app.approvals to authenticated, service_role;
