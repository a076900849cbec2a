-- A failed run that a person started again is no dead letter any more.
alter table app.job_runs add column retried_at timestamptz;
create policy job_runs_update on app.job_runs for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]))
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]));
grant update (retried_at) on app.job_runs to authenticated;
