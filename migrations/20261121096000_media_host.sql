-- Can platforms fetch our files? What the worker found out last, for the whole installation: a row per address that was ours.
create table app.media_host (
  address text primary key,
  problem text not null,  -- a sentence; empty where all is well
  checked_at timestamptz not null
);
alter table app.media_host enable row level security;
alter table app.media_host force row level security;
create policy media_host_worker on app.media_host for all to app_worker using (true) with check (true);
create policy media_host_web on app.media_host for select to app_web using (true);
grant select on app.media_host to app_web;
grant select, insert, update on app.media_host to app_worker, service_role;

-- An organisation's scope learns the sentence only; null where nothing was found out yet.
create function app.media_host_problem() returns text language sql stable security definer set search_path = '' as
  $$ select problem from app.media_host order by checked_at desc, address limit 1 $$;
revoke execute on function app.media_host_problem() from public;
grant execute on function app.media_host_problem() to authenticated, service_role;
