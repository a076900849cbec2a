-- What a plain Postgres lacks of a Supabase project. Idempotent; does nothing on a hosted project.
do $prelude$
declare r text;
begin
  if exists (select from pg_roles where rolname in ('supabase_admin', 'supabase_auth_admin')) then return; end if;
  foreach r in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin noinherit', r); end if;
  end loop;
  alter role service_role bypassrls;
  if not exists (select from pg_roles where rolname = 'authenticator') then create role authenticator nologin noinherit; end if;
  grant anon, authenticated, service_role to authenticator;
  create schema if not exists extensions; create schema if not exists auth; create schema if not exists storage;
  grant usage on schema public, extensions, auth, storage to anon, authenticated, service_role;
  execute format('alter database %I set search_path = "$user", public, extensions', current_database());
  create table if not exists auth.users (
    id uuid primary key default gen_random_uuid(), aud text, role text, email text, encrypted_password text,
    email_confirmed_at timestamptz, invited_at timestamptz, last_sign_in_at timestamptz, banned_until timestamptz,
    raw_app_meta_data jsonb default '{}', raw_user_meta_data jsonb default '{}', is_sso_user boolean not null default false,
    is_anonymous boolean not null default false, created_at timestamptz default now(), updated_at timestamptz default now(), deleted_at timestamptz);
  create unique index if not exists users_email_partial_key on auth.users (email) where is_sso_user = false;
  alter table auth.users enable row level security;
  create or replace function auth.jwt() returns jsonb language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
  create or replace function auth.uid() returns uuid language sql stable as $$
    select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
  create table if not exists storage.buckets (id text primary key, name text not null unique, public boolean default false,
    file_size_limit bigint, allowed_mime_types text[], created_at timestamptz default now());
  create table if not exists storage.objects (id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets,
    name text, owner_id text, metadata jsonb, created_at timestamptz default now(), unique (bucket_id, name));
  alter table storage.buckets enable row level security; alter table storage.objects enable row level security;
  grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
  create or replace function storage.foldername(name text) returns text[] language sql immutable as $$
    select (string_to_array(name, '/'))[1:cardinality(string_to_array(name, '/')) - 1] $$;
end $prelude$;
