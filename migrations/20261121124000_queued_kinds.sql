-- What waits is told by its kind where it is a start, as its runs are.
create or replace function app.my_queued_jobs()
  returns table (task text, scheduled_at timestamptz, queued_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select coalesce(s.kind, j.task_name), j.scheduled_at,
    (select min(e.at) from queue.procrastinate_events e where e.job_id = j.id and e.type = 'deferred')
  from queue.procrastinate_jobs j left join app.job_starts s
    on s.id = case when j.task_name = 'jobs.run_start' then (j.args ->> 'start_id')::uuid end
  where j.status = 'todo' and j.args ->> 'org_id' = any (select unnest(app.my_org_ids())::text) $$;

-- Starts that ended before their kind was noted.
create index job_runs_kindless on app.job_runs (org_id, started_at desc, id desc)
  where task = 'jobs.run_start' and kind is null;
