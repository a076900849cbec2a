-- The two login roles and the two schemas of the product. Passwords are set by the deploy, never here.
do $$ begin
  if not exists (select from pg_roles where rolname = 'app_web') then create role app_web login noinherit; end if;
  if not exists (select from pg_roles where rolname = 'app_worker') then create role app_worker login noinherit; end if;
end $$;
grant authenticated to app_web;
grant authenticated, service_role to app_worker;
alter role app_web set statement_timeout = '15s';
alter role app_web set idle_in_transaction_session_timeout = '30s';
alter role app_web set search_path = queue, app, public, extensions;
alter role app_worker set search_path = queue, app, public, extensions;
create schema if not exists app;
create schema if not exists private;
create schema if not exists queue;
grant usage on schema app to authenticated, service_role, app_web, app_worker;
-- private: secrets that no organisation's scope can reach, only the login roles themselves
grant usage on schema private to service_role, app_web, app_worker;
grant usage on schema queue to app_web, app_worker, service_role;
