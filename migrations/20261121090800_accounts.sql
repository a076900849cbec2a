-- Connected platform accounts. Their tokens live in private, sealed, out of reach of every organisation's scope.
create table app.channels (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  platform text not null,
  is_practice boolean not null,
  remote_id text not null check (remote_id <> ''),
  name text not null,
  handle text not null default '',
  scopes text[] not null default '{}',
  missing_scopes text[] not null default '{}',
  state text not null check (state in ('connected', 'needs_reconnect', 'disconnected')),
  state_reason text not null default '',
  token_expires_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  quota_used int,
  quota_total int,
  quota_read_at timestamptz,
  next_check_at timestamptz not null default now(),
  connected_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (org_id, platform, is_practice, remote_id)
);
create index channels_brand on app.channels (brand_id);
create index channels_connected_by on app.channels (connected_by);
create index channels_next_check on app.channels (next_check_at) where state = 'connected';
alter table app.channels enable row level security;
alter table app.channels force row level security;
create policy channels_select on app.channels for select to authenticated using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy channels_insert on app.channels for insert to authenticated with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy channels_update on app.channels for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert, update on app.channels to authenticated, service_role;

-- The channel is written in the same transaction, after its secret: as another role, hence the deferred reference.
-- `leased_until`: somebody is renewing the token until then. `updated_at`: when this token came.
create table private.channel_secrets (
  channel_id uuid primary key references app.channels (id) on delete cascade deferrable initially deferred,
  org_id uuid not null references app.organisations (id) on delete cascade,
  access_token text not null check (access_token like 'v1.%'),
  refresh_token text check (refresh_token like 'v1.%'),
  key_id text not null check (key_id <> ''),
  leased_until timestamptz,
  updated_at timestamptz not null
);
create index channel_secrets_org on private.channel_secrets (org_id);
alter table private.channel_secrets enable row level security;
alter table private.channel_secrets force row level security;
create policy channel_secrets_web on private.channel_secrets for all to app_web using (true) with check (true);
grant select, insert, update, delete on private.channel_secrets to app_web, service_role;

create table private.oauth_flows (
  state_hash text primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  brand_id uuid not null references app.brands (id) on delete cascade,
  platform text not null,
  is_practice boolean not null,
  channel_id uuid references app.channels (id) on delete cascade,
  offered text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index oauth_flows_org on private.oauth_flows (org_id);
create index oauth_flows_user on private.oauth_flows (user_id);
create index oauth_flows_brand on private.oauth_flows (brand_id);
create index oauth_flows_channel on private.oauth_flows (channel_id);
alter table private.oauth_flows enable row level security;
alter table private.oauth_flows force row level security;
create policy oauth_flows_web on private.oauth_flows for all to app_web using (true) with check (true);
grant select, insert, update, delete on private.oauth_flows to app_web, service_role;
