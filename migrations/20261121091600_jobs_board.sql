-- What people see of the queue. Its own tables stay out of every organisation's reach: this function answers for the
-- caller's organisation only.
create function app.my_queued_jobs() returns table (task text, scheduled_at timestamptz, queued_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select j.task_name, j.scheduled_at,
    (select min(e.at) from queue.procrastinate_events e where e.job_id = j.id and e.type = 'deferred')
  from queue.procrastinate_jobs j
  where j.status = 'todo' and j.args ->> 'org_id' = any (select unnest(app.my_org_ids())::text) $$;
revoke execute on function app.my_queued_jobs() from public;
grant execute on function app.my_queued_jobs() to authenticated, service_role;

create index job_runs_task on app.job_runs (org_id, task, started_at desc, id desc);
