-- When a worker last released posts, by this database's own record. A gap says that nobody ran, or that the database was
-- brought back from an earlier state: what waited then may be out already.
create table app.publishing_pulse (
  id int primary key default 1 check (id = 1),
  beat_at timestamptz not null
);
alter table app.publishing_pulse enable row level security;
alter table app.publishing_pulse force row level security;
create policy publishing_pulse_worker on app.publishing_pulse for all to app_worker using (true) with check (true);
create policy publishing_pulse_read on app.publishing_pulse for select to authenticated
  using (cardinality((select app.my_org_ids())) > 0);
grant select on app.publishing_pulse to authenticated;
grant select, insert, update, delete on app.publishing_pulse to app_worker, service_role;

-- from when to when nobody knows what happened; looked into before the post is sent
alter table app.posts add column doubt_since timestamptz, add column doubt_until timestamptz;
