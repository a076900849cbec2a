-- Organisations, members, invitations, and the functions every policy asks.
create table app.organisations (
  id uuid primary key,
  name text not null check (length(btrim(name)) between 1 and 120),
  created_at timestamptz not null default now()
);

create table app.org_members (
  user_id uuid not null references auth.users (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'editor', 'viewer')),
  display_name text not null check (length(btrim(display_name)) between 1 and 80),
  email text not null,
  joined_at timestamptz not null default now(),
  primary key (user_id, org_id)
);
create index org_members_org on app.org_members (org_id, role);

create table app.invitations (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  email text not null,
  role text not null check (role in ('admin', 'editor', 'viewer')),
  token_hash text not null unique,
  invited_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create index invitations_org on app.invitations (org_id, created_at desc);
create index invitations_inviter on app.invitations (invited_by);

-- The active organisation is a claim; membership is read from the table, so a removed member loses access at once.
-- Only the worker's own login may act for an organisation without being a person in it.
-- plpgsql keeps its plans, which halves what a policy adds to a short query.
create function app.my_org_ids() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
declare claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if session_user = 'app_worker' and claims ->> 'sub' is null then
    return array_remove(array[(claims ->> 'org_id')::uuid], null);
  end if;
  return (select coalesce(array_agg(m.org_id), '{}') from app.org_members m
          where m.user_id = (claims ->> 'sub')::uuid and m.role = any (array['owner', 'admin', 'editor', 'viewer'])
            and (claims ->> 'org_id' is null or m.org_id = (claims ->> 'org_id')::uuid));
end $$;
create function app.my_editor_org_ids() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
declare claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if session_user = 'app_worker' and claims ->> 'sub' is null then
    return array_remove(array[(claims ->> 'org_id')::uuid], null);
  end if;
  return (select coalesce(array_agg(m.org_id), '{}') from app.org_members m
          where m.user_id = (claims ->> 'sub')::uuid and m.role = any (array['owner', 'admin', 'editor'])
            and (claims ->> 'org_id' is null or m.org_id = (claims ->> 'org_id')::uuid));
end $$;
create function app.my_admin_org_ids() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
declare claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if session_user = 'app_worker' and claims ->> 'sub' is null then
    return array_remove(array[(claims ->> 'org_id')::uuid], null);
  end if;
  return (select coalesce(array_agg(m.org_id), '{}') from app.org_members m
          where m.user_id = (claims ->> 'sub')::uuid and m.role = any (array['owner', 'admin'])
            and (claims ->> 'org_id' is null or m.org_id = (claims ->> 'org_id')::uuid));
end $$;
create function app.my_owner_org_ids() returns uuid[] language plpgsql stable security definer set search_path = '' as $$
declare claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if session_user = 'app_worker' and claims ->> 'sub' is null then
    return array_remove(array[(claims ->> 'org_id')::uuid], null);
  end if;
  return (select coalesce(array_agg(m.org_id), '{}') from app.org_members m
          where m.user_id = (claims ->> 'sub')::uuid and m.role = any (array['owner'])
            and (claims ->> 'org_id' is null or m.org_id = (claims ->> 'org_id')::uuid));
end $$;
revoke execute on all functions in schema app from public;
grant execute on function app.my_org_ids(), app.my_editor_org_ids(), app.my_admin_org_ids(), app.my_owner_org_ids()
  to authenticated, service_role;

alter table app.organisations enable row level security;
alter table app.organisations force row level security;
create policy organisations_select on app.organisations for select to authenticated
  using (id = any ((select app.my_org_ids())::uuid[]));
create policy organisations_update on app.organisations for update to authenticated
  using (id = any ((select app.my_owner_org_ids())::uuid[])) with check (id = any ((select app.my_owner_org_ids())::uuid[]));
create policy organisations_sign_in on app.organisations for all to app_web using (true) with check (true);

-- Everybody in the active organisation sees who else is in it.
alter table app.org_members enable row level security;
alter table app.org_members force row level security;
create policy org_members_select on app.org_members for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
-- Admins keep members; only owners touch owners, or make one.
create policy org_members_update on app.org_members for update to authenticated
  using (org_id = any ((select app.my_owner_org_ids())::uuid[])
         or (role <> 'owner' and org_id = any ((select app.my_admin_org_ids())::uuid[])))
  with check (org_id = any ((select app.my_owner_org_ids())::uuid[])
              or (role <> 'owner' and org_id = any ((select app.my_admin_org_ids())::uuid[])));
create policy org_members_delete on app.org_members for delete to authenticated
  using (org_id = any ((select app.my_owner_org_ids())::uuid[])
         or (role <> 'owner' and org_id = any ((select app.my_admin_org_ids())::uuid[])));
create policy org_members_sign_in on app.org_members for all to app_web using (true) with check (true);

alter table app.invitations enable row level security;
alter table app.invitations force row level security;
create policy invitations_select on app.invitations for select to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy invitations_insert on app.invitations for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy invitations_update on app.invitations for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy invitations_sign_in on app.invitations for all to app_web using (true) with check (true);

grant select, update on app.organisations to authenticated;
grant select, delete on app.org_members to authenticated;
grant update (role) on app.org_members to authenticated;
grant select, insert, update on app.invitations to authenticated;
grant select, insert, update on app.organisations, app.org_members, app.invitations to app_web;
grant select, insert, update, delete on app.organisations, app.org_members, app.invitations to service_role;
-- what sign-in and the worker's audit need of the users' table (the platform owns it when hosted)
do $$ begin
  if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    grant usage on schema auth to app_web;
    grant select, insert, update on auth.users to app_web;
    create policy users_sign_in on auth.users for all to app_web using (true) with check (true);
  end if;
end $$;
