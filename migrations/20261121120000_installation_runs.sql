-- Runs of the whole installation (`org_id` empty): the web's login reads and retries them for people who may see the
-- system, and asks for that right first.
create policy job_runs_installation on app.job_runs for select to app_web using (org_id is null);
create policy job_runs_installation_update on app.job_runs for update to app_web
  using (org_id is null) with check (org_id is null);
grant select, update (retried_at) on app.job_runs to app_web;
create policy run_log_lines_installation on app.run_log_lines for select to app_web using (org_id is null);
grant select on app.run_log_lines to app_web;
create index job_runs_own on app.job_runs (started_at desc, id desc) where org_id is null;

-- What follows does the same as before for the caller's organisations, and for the installation ('' stands for it).
create function app.waiting_jobs_of(orgs text[], most int) returns table
  (job_id bigint, task text, scheduled_at timestamptz, queued_at timestamptz, attempts int, args jsonb)
  language sql stable security definer set search_path = '' as $$
  select j.id, j.task_name, j.scheduled_at,
    (select min(e.at) from queue.procrastinate_events e where e.job_id = j.id and e.type = 'deferred'),
    j.attempts, j.args - 'org_id' - 'traceparent'
  from queue.procrastinate_jobs j
  where j.status = 'todo' and coalesce(j.args ->> 'org_id', '') = any (orgs)
  order by j.scheduled_at nulls first, j.id limit most $$;

create function app.cannot_retry_of(job bigint, orgs text[]) returns text
  language sql stable security definer set search_path = '' as $$
  select case
    when j.id is null then 'forgotten'
    when coalesce(coalesce(j.args ->> 'org_id', '') <> all (orgs), true) then 'not yours'
    when j.status = 'todo' or exists (select from queue.procrastinate_jobs c
      where c.queueing_lock = 'retry:' || job and c.status = 'todo') then 'waits'
    when j.status = 'doing' then 'runs' end
  from (values (job)) as wanted (id) left join queue.procrastinate_jobs j on j.id = wanted.id $$;

create function app.retry_job_of(job bigint, start_at timestamptz, orgs text[]) returns bigint
  language plpgsql security definer set search_path = queue, pg_temp as $$
declare made bigint;
begin
  if app.cannot_retry_of(job, orgs) is not null then return null; end if;
  insert into queue.procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
  select queue_name, task_name, priority, lock, 'retry:' || id, args, start_at
  from queue.procrastinate_jobs where id = job
  on conflict (queueing_lock) where status = 'todo' do nothing returning id into made;
  return made;
end $$;

create function app.stop_job_of(job bigint, orgs text[]) returns text
  language plpgsql security definer set search_path = queue, pg_temp as $$
declare before text;
begin
  select status::text into before from queue.procrastinate_jobs
  where id = job and status in ('todo', 'doing') and coalesce(args ->> 'org_id', '') = any (orgs) for update;
  if before is null then return null; end if;
  perform queue.procrastinate_cancel_job_v1(job, true, false);
  return case before when 'todo' then 'cancelled' else 'asked' end;
end $$;

create or replace function app.my_waiting_jobs(most int) returns table
  (job_id bigint, task text, scheduled_at timestamptz, queued_at timestamptz, attempts int, args jsonb)
  language sql stable security definer set search_path = '' as $$
  select w.* from app.waiting_jobs_of(app.my_org_ids()::text[], most) w $$;
create or replace function app.cannot_retry(job bigint) returns text
  language sql stable security definer set search_path = '' as $$
  select app.cannot_retry_of(job, app.my_editor_org_ids()::text[]) $$;
create or replace function app.retry_job(job bigint, start_at timestamptz) returns bigint
  language sql security definer set search_path = '' as $$
  select app.retry_job_of(job, start_at, app.my_editor_org_ids()::text[]) $$;
create or replace function app.stop_job(job bigint) returns text
  language sql security definer set search_path = '' as $$
  select app.stop_job_of(job, app.my_editor_org_ids()::text[]) $$;

create function app.own_waiting_jobs(most int) returns table
  (job_id bigint, task text, scheduled_at timestamptz, queued_at timestamptz, attempts int, args jsonb)
  language sql stable security definer set search_path = '' as $$
  select w.* from app.waiting_jobs_of(array[''], most) w $$;
create function app.own_cannot_retry(job bigint) returns text
  language sql stable security definer set search_path = '' as $$ select app.cannot_retry_of(job, array['']) $$;
create function app.own_retry_job(job bigint, start_at timestamptz) returns bigint
  language sql security definer set search_path = '' as $$ select app.retry_job_of(job, start_at, array['']) $$;
create function app.own_stop_job(job bigint) returns text
  language sql security definer set search_path = '' as $$ select app.stop_job_of(job, array['']) $$;

revoke execute on function app.waiting_jobs_of(text[], int), app.cannot_retry_of(bigint, text[]),
  app.retry_job_of(bigint, timestamptz, text[]), app.stop_job_of(bigint, text[]), app.own_waiting_jobs(int),
  app.own_cannot_retry(bigint), app.own_retry_job(bigint, timestamptz), app.own_stop_job(bigint) from public;
grant execute on function app.own_waiting_jobs(int), app.own_cannot_retry(bigint),
  app.own_retry_job(bigint, timestamptz), app.own_stop_job(bigint) to app_web, service_role;
