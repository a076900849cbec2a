-- One version on one channel at one instant, every try of it, and everything that happened to it.
create table app.posts (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  channel_id uuid not null references app.channels (id) on delete cascade,
  approval_id uuid not null references app.approvals (id) on delete cascade,
  version_id uuid not null references app.draft_versions (id) on delete cascade,
  seal text not null,
  due_at timestamptz not null,
  time_zone text not null,
  state text not null check (state in ('planned', 'due', 'preparing', 'uploading', 'processing', 'ready', 'publishing',
                                       'published', 'failed', 'unconfirmed', 'held', 'cancelled')),
  state_at timestamptz not null,
  attempt_id uuid,
  -- a worker has it in hand; a parked post waits for wake_at, a sweep or a person
  is_taken boolean not null default false,
  wake_at timestamptz,
  deadline_at timestamptz,
  released_at timestamptz,  -- when it last came to the start of the line
  started_at timestamptz,
  published_at timestamptz,
  remote_id text,
  permalink text,
  reason text not null default '',
  reason_class text not null default '',
  looks int not null default 0,
  preflights int not null default 0,  -- how many of the checks before its time were made
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  check (state <> 'published' or remote_id is not null)
);
-- one approval is one post; a cancelled one was certainly not sent, so its approval may be planned again
create unique index posts_one_per_approval on app.posts (approval_id) where state <> 'cancelled';
create index posts_approval on app.posts (approval_id);
-- one thing on the platform is one post here
create unique index posts_remote on app.posts (channel_id, remote_id) where remote_id is not null;
create index posts_calendar on app.posts (org_id, due_at desc, id desc);
create index posts_release on app.posts (due_at) where state = 'planned';
create index posts_wake on app.posts (wake_at) where wake_at is not null;
create index posts_deadline on app.posts (deadline_at) where deadline_at is not null;
create index posts_brand on app.posts (brand_id);
create index posts_channel on app.posts (channel_id, due_at);
create index posts_version on app.posts (version_id);
create index posts_created_by on app.posts (created_by);

create table app.attempts (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  post_id uuid not null references app.posts (id) on delete cascade,
  number int not null,
  step text not null default 'claimed',
  remote jsonb not null default '{}',
  intent_at timestamptz,
  intent_fingerprint text,
  answered_at timestamptz,
  outcome text not null default 'open' check (outcome in ('open', 'published', 'failed', 'held', 'unknown', 'absent', 'superseded')),
  error text,
  error_class text,
  polls int not null default 0,
  retries int not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  unique (post_id, number)
);
create index attempts_org on app.attempts (org_id, post_id, number);

create table app.post_history (
  id bigint generated always as identity primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  post_id uuid not null references app.posts (id) on delete cascade,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  actor_id uuid,
  detail text not null default ''
);
create index post_history_org on app.post_history (org_id, post_id, id);
create index post_history_post on app.post_history (post_id);

do $$ declare t text; begin
  foreach t in array array['posts', 'attempts', 'post_history'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('grant select, insert on app.%I to authenticated, service_role', t);
  end loop;
  foreach t in array array['posts', 'attempts'] loop
    execute format('create policy %I on app.%I for update to authenticated using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_update', t);
    execute format('grant update on app.%I to authenticated, service_role', t);
  end loop;
end $$;
grant usage on sequence app.post_history_id_seq to authenticated, service_role;

-- wakes the workers' clockwork when something falls due sooner than it thinks; the payload is that instant
create function app.posts_changed() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_notify('loopdesk_posts', extract(epoch from
    case when new.state = 'planned' then new.due_at else new.wake_at end)::text);
  return null;
end $$;
create trigger posts_changed_insert after insert on app.posts for each row
  when (new.state = 'planned' or new.wake_at is not null) execute function app.posts_changed();
create trigger posts_changed_update after update of due_at, wake_at, state on app.posts for each row
  when (new.state = 'planned' or new.wake_at is not null) execute function app.posts_changed();
revoke execute on function app.posts_changed() from public;
