-- When to read a post's numbers, and every reading ever taken.
create table app.metric_pulls (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  post_id uuid not null references app.posts (id) on delete cascade,
  reason text not null check (reason in ('6h', '24h', '72h', 'now')),
  due_at timestamptz not null,
  state text not null check (state in ('waiting', 'queued', 'done', 'failed')),
  error text,
  tries int not null default 0,
  finished_at timestamptz
);
create unique index metric_pulls_one_open on app.metric_pulls (post_id, reason) where state in ('waiting', 'queued');
create index metric_pulls_due on app.metric_pulls (due_at) where state in ('waiting', 'queued');
create index metric_pulls_org on app.metric_pulls (org_id, post_id);
create index metric_pulls_post on app.metric_pulls (post_id);

create table app.metric_snapshots (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  post_id uuid not null references app.posts (id) on delete cascade,
  taken_at timestamptz not null,
  views bigint, reach bigint, likes bigint, comments bigint, shares bigint, saves bigint, clicks bigint,
  raw jsonb not null
);
create index metric_snapshots_org on app.metric_snapshots (org_id, post_id, taken_at desc);
create index metric_snapshots_post on app.metric_snapshots (post_id);

do $$ declare t text; begin
  foreach t in array array['metric_pulls', 'metric_snapshots'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('grant select, insert on app.%I to authenticated, service_role', t);
  end loop;
end $$;
create policy metric_pulls_update on app.metric_pulls for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant update on app.metric_pulls to authenticated, service_role;
