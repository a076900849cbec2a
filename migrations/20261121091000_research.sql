-- What competitors run: advertisers, their ads and posts, and the imports every row came from.
create table app.imports (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  kind text not null check (kind in ('meta_ads', 'meta_report', 'posts')),
  collector text not null,
  file_name text not null,
  file_key text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  mapping jsonb not null default '{}',
  collected_on date not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  is_sample boolean not null default false,
  rows_total int,
  rows_done int not null default 0,
  rows_added int not null default 0,
  rows_changed int not null default 0,
  rows_same int not null default 0,
  rows_wrong int not null default 0,
  cancel_asked_at timestamptz,
  error text,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index imports_org on app.imports (org_id, created_at desc);
create index imports_created_by on app.imports (created_by);

create table app.import_errors (
  import_id uuid not null references app.imports (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  row_number int not null,
  field text not null,
  message text not null,
  primary key (import_id, row_number, field)
);
create index import_errors_org on app.import_errors (org_id, import_id, row_number);

create table app.advertisers (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  platform text not null,
  remote_id text not null,
  name text not null,
  disclaimer text not null default '',
  spend_lower bigint,
  spend_upper bigint,
  spend_currency text,
  reported_ads int,
  reported_on date,
  observed_on date not null,
  import_id uuid references app.imports (id) on delete set null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  unique (org_id, platform, remote_id),
  unique (org_id, id)
);
create index advertisers_org on app.advertisers (org_id, name);
create index advertisers_import on app.advertisers (import_id);

create table app.ads (
  id uuid primary key,
  org_id uuid not null,
  advertiser_id uuid not null,
  kind text not null check (kind in ('ad', 'post')),
  platform text not null,
  remote_id text not null,
  bodies text[] not null default '{}',
  titles text[] not null default '{}',
  descriptions text[] not null default '{}',
  captions text[] not null default '{}',
  link text not null default '',
  started_on date,
  stopped_on date,
  placements text[] not null default '{}',
  languages text[] not null default '{}',
  payer text not null default '',
  impressions_lower bigint, impressions_upper bigint,
  spend_lower bigint, spend_upper bigint, spend_currency text,
  reach bigint,
  likes bigint, comments bigint, shares bigint, views bigint,
  content_hash text not null,
  import_id uuid references app.imports (id) on delete set null,
  row_number int,
  collector text not null,
  observed_on date not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  changed_at timestamptz,
  unique (org_id, platform, kind, remote_id),
  -- one key instead of two: an ad cannot hang on another organisation's advertiser, and bulk imports check less
  foreign key (org_id, advertiser_id) references app.advertisers (org_id, id) on delete cascade
);
create index ads_wall on app.ads (org_id, started_on desc nulls last, id desc);
create index ads_advertiser on app.ads (org_id, advertiser_id, started_on desc);
create index ads_import on app.ads (import_id);

-- Days an ad ran: up to its stop, or to the day of the file that last showed it; a stop in the future is only planned.
create function app.days_running(kind text, started_on date, stopped_on date, observed_on date, today date) returns int
language sql immutable as $$
  select case when kind = 'ad' and started_on is not null then
    greatest(1, case when stopped_on < today then stopped_on else observed_on end - started_on + 1) end $$;
revoke execute on all functions in schema app from public;
grant execute on function app.days_running(text, date, date, date, date) to authenticated, service_role;

create table app.last_looks (
  user_id uuid not null references auth.users (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  screen text not null,
  looked_at timestamptz not null,
  previous_at timestamptz,
  primary key (org_id, user_id, screen)
);
create index last_looks_user on app.last_looks (user_id);

do $$ declare t text; begin
  foreach t in array array['imports', 'import_errors', 'advertisers', 'ads'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy %I on app.%I for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]))', t || '_select', t);
    execute format('create policy %I on app.%I for insert to authenticated with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_insert', t);
    execute format('create policy %I on app.%I for update to authenticated using (org_id = any ((select app.my_editor_org_ids())::uuid[])) with check (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_update', t);
    execute format('create policy %I on app.%I for delete to authenticated using (org_id = any ((select app.my_editor_org_ids())::uuid[]))', t || '_delete', t);
    execute format('grant select, insert, update, delete on app.%I to authenticated, service_role', t);
  end loop;
end $$;
alter table app.last_looks enable row level security;
alter table app.last_looks force row level security;
create policy last_looks_select on app.last_looks for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy last_looks_insert on app.last_looks for insert to authenticated
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
create policy last_looks_update on app.last_looks for update to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()))
  with check (org_id = any ((select app.my_org_ids())::uuid[]) and user_id = (select auth.uid()));
grant select, insert, update on app.last_looks to authenticated, service_role;
