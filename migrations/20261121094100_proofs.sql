-- What the crash suite has shown about a version of the code: the file docs/proof.json, kept when its worker starts.
create table app.proofs (
  made_at timestamptz primary key,
  commit_id text not null,
  version text not null,
  kept_at timestamptz not null,
  result jsonb not null
);
alter table app.proofs enable row level security;
alter table app.proofs force row level security;
create policy proofs_worker on app.proofs for all to app_worker using (true) with check (true);
create policy proofs_read on app.proofs for select to authenticated
  using (cardinality((select app.my_org_ids())) > 0);
grant select on app.proofs to authenticated;
grant select, insert on app.proofs to app_worker, service_role;

-- the screen Reliability counts what went out lately
create index posts_published on app.posts (org_id, published_at) where state = 'published';
