-- The newest runs of the caller's organisation whose error or note holds these words. Row security keeps an index on
-- words from being used (matching them is not leakproof), so that this function names the organisation itself.
create function app.runs_saying(words tsquery) returns setof bigint
  language sql stable security definer set search_path = '' rows 200 as $$
  select r.id from app.job_runs r
  where (r.error is not null or r.note <> '')
    and to_tsvector('simple', coalesce(r.error, '') || ' ' || r.note) @@ words
    and r.org_id = any (app.my_org_ids())
  order by r.started_at desc, r.id desc limit 5000 $$;
revoke execute on function app.runs_saying(tsquery) from public;
grant execute on function app.runs_saying(tsquery) to authenticated, service_role;
