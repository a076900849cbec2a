"""
A Postgres shaped like a hosted Supabase project: the operator is no superuser, auth and storage belong to others.

Roles, owners and grants follow what supabase/postgres does in migrations/db (read 2026-11-21), as far as it touches us.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from services.kit import postgres
from tests.makers import postgres15

SERVERS = ["embedded"]
if postgres15.is_present():
    SERVERS.append("postgres15")

_PASSWORD = "of-the-hosted-tests"

_ROLES = """
create role postgres login createdb createrole replication bypassrls password 'of-the-hosted-tests';
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
create role supabase_auth_admin login noinherit createrole password 'of-the-hosted-tests';
create role supabase_storage_admin login noinherit createrole;
grant all on database postgres to postgres;
grant all on schema public to postgres;
alter database postgres set search_path = "$user", public, extensions;
do $$ begin
  if current_setting('server_version_num')::int >= 160000 then
    grant anon, authenticated, service_role to postgres with admin option;
  end if;
end $$;
"""

_AUTH = """
create schema auth;
grant all on schema auth to supabase_auth_admin;
grant usage on schema auth to anon, authenticated, service_role, postgres;
set role supabase_auth_admin;
create table auth.users (
  instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255),
  encrypted_password varchar(255), email_confirmed_at timestamptz, invited_at timestamptz, last_sign_in_at timestamptz,
  raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, created_at timestamptz,
  updated_at timestamptz, banned_until timestamptz, is_sso_user boolean not null default false,
  deleted_at timestamptz, is_anonymous boolean not null default false);
create unique index users_email_partial_key on auth.users (email) where is_sso_user = false;
alter table auth.users enable row level security;
create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim', true), ''),
                  nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$;
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
                  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
grant all on auth.users to postgres;
reset role;
"""

_STORAGE = """
create schema storage authorization supabase_storage_admin;
create schema extensions;
grant usage on schema storage, extensions to anon, authenticated, service_role, postgres;
set role supabase_storage_admin;
create table storage.buckets (id text primary key, name text not null unique, owner uuid, public boolean default false,
  file_size_limit bigint, allowed_mime_types text[], created_at timestamptz default now());
create table storage.objects (id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets,
  name text, owner_id text, metadata jsonb, created_at timestamptz default now(), unique (bucket_id, name));
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
grant all on storage.buckets, storage.objects to anon, authenticated, service_role, postgres;
reset role;
"""


@contextmanager
def running(server: str) -> Iterator[str]:
    """A fresh project on this server; yields the operator's address, as the dashboard shows it."""
    with _cluster(server) as superuser:
        yield _shaped(superuser)


@contextmanager
def _cluster(server: str) -> Iterator[str]:
    if server == "postgres15":
        with postgres15.running() as address:
            yield address
        return
    root = Path(tempfile.mkdtemp(prefix="loopdesk-hosted-"))
    try:
        yield postgres.start(root)
    finally:
        postgres.destroy(root)
        shutil.rmtree(root, ignore_errors=True)


def _shaped(superuser: str) -> str:
    """Both servers begin with a superuser named `postgres`: it becomes `supabase_admin`, and the name is free."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("create role usher superuser login password 'of-the-hosted-tests'")
    with psycopg.connect(make_conninfo(superuser, user="usher", password=_PASSWORD), autocommit=True) as connection:
        connection.execute("alter role postgres rename to supabase_admin")
    with psycopg.connect(make_conninfo(superuser, user="supabase_admin"), autocommit=True) as connection:
        for part in ("drop role usher", _ROLES, _AUTH, _STORAGE):
            connection.execute(part)
    return make_conninfo(superuser, user="postgres", password=_PASSWORD)


def as_auth_server(operator: str) -> str:
    """The address Supabase Auth itself connects with: the only one that makes people."""
    return make_conninfo(operator, user="supabase_auth_admin", password=_PASSWORD)


def as_login(operator: str, role: str) -> str:
    """The address of `app_web` or `app_worker`, with the password the release is to give it."""
    return make_conninfo(operator, user=role, password=f"{role}-of-the-hosted-tests")
