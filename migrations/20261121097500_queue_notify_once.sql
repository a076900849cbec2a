-- Jobs queued together wake the workers once: equal notices of one transaction are sent as one, and which job it is
-- nobody reads. With its id in it, two hundred posts that fall due together woke every worker two hundred times.
create or replace function queue.procrastinate_notify_queue_job_inserted_v1() returns trigger language plpgsql as $$
begin
  perform pg_notify('procrastinate_queue_v1#' || new.queue_name, '{"type": "job_inserted", "job_id": null}');
  perform pg_notify('procrastinate_any_queue_v1', '{"type": "job_inserted", "job_id": null}');
  return new;
end;
$$;
