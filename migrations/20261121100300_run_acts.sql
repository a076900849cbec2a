-- What people do to jobs of the queue, which is out of every scope's reach: each function asks for the caller's right.

-- What waits for the caller's organisation, the next to start first.
create function app.my_waiting_jobs(most int) returns table
  (job_id bigint, task text, scheduled_at timestamptz, queued_at timestamptz, attempts int, args jsonb)
  language sql stable security definer set search_path = '' as $$
  select j.id, j.task_name, j.scheduled_at,
    (select min(e.at) from queue.procrastinate_events e where e.job_id = j.id and e.type = 'deferred'),
    j.attempts, j.args - 'org_id' - 'traceparent'
  from queue.procrastinate_jobs j
  where j.status = 'todo' and j.args ->> 'org_id' = any (select unnest(app.my_org_ids())::text)
  order by j.scheduled_at nulls first, j.id limit most $$;

-- Why a job cannot be started again: 'waits' (it, or a copy, does already), 'runs', 'forgotten', 'not yours'; null: it can.
create function app.cannot_retry(job bigint) returns text
  language sql stable security definer set search_path = '' as $$
  select case
    when j.id is null then 'forgotten'
    when coalesce(j.args ->> 'org_id', '') <> all (select unnest(app.my_editor_org_ids())::text) then 'not yours'
    when j.status = 'todo' or exists (select from queue.procrastinate_jobs c
      where c.queueing_lock = 'retry:' || job and c.status = 'todo') then 'waits'
    when j.status = 'doing' then 'runs' end
  from (values (job)) as wanted (id) left join queue.procrastinate_jobs j on j.id = wanted.id $$;

-- Queue a copy of the job, to start at the instant or at once (null); the copy's id, null where it cannot be.
create function app.retry_job(job bigint, start_at timestamptz) returns bigint
  language plpgsql security definer set search_path = queue, pg_temp as $$
declare made bigint;
begin
  if app.cannot_retry(job) is not null then return null; end if;
  insert into queue.procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
  select queue_name, task_name, priority, lock, 'retry:' || id, args, start_at
  from queue.procrastinate_jobs where id = job
  on conflict (queueing_lock) where status = 'todo' do nothing returning id into made;
  return made;
end $$;

-- Cancel a job that waits, ask one that runs to stop: 'cancelled', 'asked', or null where it has ended or is not yours.
create function app.stop_job(job bigint) returns text
  language plpgsql security definer set search_path = queue, pg_temp as $$
declare before text;
begin
  select status::text into before from queue.procrastinate_jobs
  where id = job and status in ('todo', 'doing')
    and args ->> 'org_id' = any (select unnest(app.my_editor_org_ids())::text) for update;
  if before is null then return null; end if;
  perform queue.procrastinate_cancel_job_v1(job, true, false);
  return case before when 'todo' then 'cancelled' else 'asked' end;
end $$;

revoke execute on function app.my_waiting_jobs(int), app.cannot_retry(bigint), app.retry_job(bigint, timestamptz),
  app.stop_job(bigint) from public;
grant execute on function app.my_waiting_jobs(int), app.cannot_retry(bigint), app.retry_job(bigint, timestamptz),
  app.stop_job(bigint) to authenticated, service_role;

-- "What failed" of any kind in its order, and finding runs by what they worked on, by trace, or by what they said.
create index job_runs_trouble on app.job_runs (org_id, started_at desc, id desc)
  where status in ('failed', 'retrying', 'lost', 'aborted', 'quarantined');
create index job_runs_subject on app.job_runs using hash (subject_id);
create index job_runs_trace on app.job_runs using hash (trace_id);
create index job_runs_words on app.job_runs using gin (to_tsvector('simple', coalesce(error, '') || ' ' || note))
  where error is not null or note <> '';
