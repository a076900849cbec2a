-- The backups that lie in the backup folder, as the worker that made and checked them wrote them down. Of the installation.
create table app.backups (
  name text primary key,
  folder text not null,
  taken_at timestamptz not null,
  size_bytes bigint not null,
  files bigint not null,
  rows bigint not null,
  last_migration text not null,
  checked_at timestamptz,
  problem text not null default ''  -- a sentence; empty where all is well
);
create index backups_taken on app.backups (taken_at desc);
alter table app.backups enable row level security;
alter table app.backups force row level security;
create policy backups_worker on app.backups for all to app_worker using (true) with check (true);
create policy backups_web on app.backups for select to app_web using (true);
grant select on app.backups to app_web;
grant select, insert, update, delete on app.backups to app_worker, service_role;
