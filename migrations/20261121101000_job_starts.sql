-- Schedules, what they fired, and every wish to run a kind of job. `org_id` is empty where it is the installation's own.
create table app.schedules (
  id uuid primary key,
  org_id uuid references app.organisations (id) on delete cascade,
  brand_id uuid references app.brands (id) on delete cascade,
  told_org_id uuid references app.organisations (id) on delete set null,
  name text not null check (length(btrim(name)) between 1 and 120),
  kind text not null,
  parameters jsonb not null default '{}',
  payload_version int not null,
  cadence jsonb not null,
  starts_at timestamptz,
  ends_at timestamptz,
  jitter_seconds int not null default 0 check (jitter_seconds between 0 and 86400),
  misfire text not null check (misfire in ('skip', 'run_once')),
  grace_seconds int not null check (grace_seconds between 1 and 604800),
  overlap text not null check (overlap in ('skip', 'queue', 'cancel_running')),
  then_kind text,
  then_parameters jsonb not null default '{}',
  note text not null default '' check (length(note) <= 2000),
  owner_id uuid references auth.users (id) on delete set null,
  problem text not null default '',
  next_due_at timestamptz,
  next_fire_at timestamptz,
  paused_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index schedules_org on app.schedules (org_id, name, id);
create index schedules_brand on app.schedules (brand_id);
create index schedules_told on app.schedules (told_org_id);
create index schedules_owner on app.schedules (owner_id);
create index schedules_due on app.schedules (next_fire_at) where paused_at is null and next_fire_at is not null;

create table app.job_starts (
  id uuid primary key,
  org_id uuid references app.organisations (id) on delete cascade,
  brand_id uuid references app.brands (id) on delete cascade,
  told_org_id uuid references app.organisations (id) on delete set null,
  kind text not null,
  parameters jsonb not null default '{}',
  payload_version int not null,
  origin text not null check (origin in ('person', 'schedule', 'chain', 'retry')),
  origin_id text not null default '',
  started_by uuid references auth.users (id) on delete set null,
  schedule_id uuid references app.schedules (id) on delete set null,
  due_at timestamptz,
  then_kind text,
  then_parameters jsonb not null default '{}',
  given jsonb,
  state text not null check (state in
    ('waiting', 'running', 'retrying', 'succeeded', 'failed', 'crashed', 'cancelled', 'lost')),
  attempts int not null default 0,
  held text not null default '',
  cancel_asked_at timestamptz,
  created_at timestamptz not null,
  queued_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  error text not null default '',
  outcome jsonb
);
create index job_starts_org on app.job_starts (org_id, created_at desc, id desc);
create index job_starts_kind on app.job_starts (org_id, kind, created_at desc);
create index job_starts_brand on app.job_starts (brand_id);
create index job_starts_told on app.job_starts (told_org_id);
create index job_starts_person on app.job_starts (started_by);
create index job_starts_schedule on app.job_starts (schedule_id, created_at desc);
create index job_starts_open on app.job_starts (queued_at) where state in ('waiting', 'running', 'retrying');
create unique index job_starts_one_at_a_time on app.job_starts (schedule_id) where state in ('running', 'retrying');

-- What became of every due instant: the key makes a second fire of the same one impossible.
create table app.schedule_fires (
  schedule_id uuid not null references app.schedules (id) on delete cascade,
  due_at timestamptz not null,
  org_id uuid references app.organisations (id) on delete cascade,
  fired_at timestamptz not null,
  outcome text not null check (outcome in ('started', 'caught_up', 'too_late', 'overlap', 'lost')),
  missed int not null default 0,
  start_id uuid references app.job_starts (id) on delete set null,
  version int not null,
  primary key (schedule_id, due_at)
);
create index schedule_fires_org on app.schedule_fires (org_id, fired_at desc);
create index schedule_fires_start on app.schedule_fires (start_id);

-- What a brand wants where a form or a schedule says nothing else.
create table app.kind_defaults (
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  kind text not null,
  parameters jsonb not null,
  updated_at timestamptz not null,
  updated_by uuid references auth.users (id) on delete set null,
  primary key (org_id, brand_id, kind)
);
create index kind_defaults_brand on app.kind_defaults (brand_id);
create index kind_defaults_person on app.kind_defaults (updated_by);

do $$ declare t text; begin
  foreach t in array array['schedules', 'job_starts', 'schedule_fires', 'kind_defaults'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated '
      'using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated '
      'with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('create policy %I on app.%I for update to authenticated '
      'using (org_id = any ((select app.my_editor_org_ids())::uuid[])) '
      'with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_update', t);
    execute format('create policy %I on app.%I for delete to authenticated '
      'using (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_delete', t);
    execute format('grant select, insert, update, delete on app.%I to authenticated, service_role', t);
  end loop;
  -- the installation's own rows: the web's login asks for the role before it touches them
  foreach t in array array['schedules', 'job_starts', 'schedule_fires'] loop
    execute format('create policy %I on app.%I for all to app_web using (org_id is null) with check (org_id is null)',
      t || '_installation', t);
    execute format('grant select, insert, update, delete on app.%I to app_web', t);
  end loop;
end $$;
