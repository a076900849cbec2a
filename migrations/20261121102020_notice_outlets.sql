-- Where an organisation's messages go beside the inbox: a Slack channel, an address of theirs. The address is a secret.
create table app.notice_outlets (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  via text not null check (via in ('slack', 'webhook')),
  name text not null check (length(btrim(name)) between 1 and 80),
  host text not null,
  rhythms jsonb not null default '{}' check (jsonb_typeof(rhythms) = 'object'),
  zone text not null default 'UTC',
  digest_at time not null default '09:00',
  is_paused boolean not null default false,
  last_error text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz
);
create index notice_outlets_org on app.notice_outlets (org_id, created_at);
alter table app.notice_outlets enable row level security;
alter table app.notice_outlets force row level security;
create policy notice_outlets_select on app.notice_outlets for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy notice_outlets_insert on app.notice_outlets for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy notice_outlets_update on app.notice_outlets for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, update on app.notice_outlets to authenticated, service_role;

-- Sealed: the address, and for a webhook what it is signed with. Out of reach of every organisation's scope.
create table private.notice_secrets (
  outlet_id uuid primary key references app.notice_outlets (id) on delete cascade deferrable initially deferred,
  org_id uuid not null references app.organisations (id) on delete cascade,
  sealed_address text not null check (sealed_address like 'v1.%'),
  signing_key text check (signing_key like 'v1.%'),
  key_id text not null check (key_id <> '')
);
create index notice_secrets_org on private.notice_secrets (org_id);
alter table private.notice_secrets enable row level security;
alter table private.notice_secrets force row level security;
create policy notice_secrets_web on private.notice_secrets for all to app_web using (true) with check (true);
grant select, insert, update, delete on private.notice_secrets to app_web, service_role;
