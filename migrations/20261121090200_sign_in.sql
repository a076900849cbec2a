-- Sessions, embedded passwords, one-time links, attempts: reachable by the web's own login only, in no organisation's scope.
create table private.sessions (
  id_hash text primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  org_id uuid references app.organisations (id) on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text not null default ''
);
create index sessions_user on private.sessions (user_id, created_at desc);
create index sessions_org on private.sessions (org_id);

create table private.credentials (
  user_id uuid primary key references auth.users (id) on delete cascade,
  password_hash text not null check (password_hash <> ''),
  changed_at timestamptz not null
);

create table private.one_time_links (
  token_hash text primary key,
  kind text not null check (kind in ('set_up', 'password_reset', 'google')),
  user_id uuid references auth.users (id) on delete cascade,
  secret text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_links_user on private.one_time_links (user_id);

create table private.sign_in_attempts (
  id bigint generated always as identity primary key,
  subject_hash text not null,
  at timestamptz not null
);
create index sign_in_attempts_subject on private.sign_in_attempts (subject_hash, at desc);
create index sign_in_attempts_at on private.sign_in_attempts (at);

do $$ declare t text; begin
  foreach t in array array['sessions', 'credentials', 'one_time_links', 'sign_in_attempts'] loop
    execute format('alter table private.%I enable row level security', t);
    execute format('alter table private.%I force row level security', t);
    execute format('create policy %I on private.%I for all to app_web using (true) with check (true)', t || '_sign_in', t);
    execute format('grant select, insert, update, delete on private.%I to app_web, service_role', t);
  end loop;
end $$;
