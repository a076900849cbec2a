-- Runs of the caller's organisation whose error or note holds these words, the newest below a place first (null: of
-- all). Row security keeps an index on words from being used (matching them is not leakproof), so that this function
-- names the organisation itself. Common words stand in the newest few thousand; for rare ones the index is quick.
create index job_runs_said on app.job_runs (org_id, started_at desc, id desc) where error is not null or note <> '';
create function app.runs_saying(words tsquery, before timestamptz, below bigint, most int) returns setof bigint
  language plpgsql stable security definer set search_path = '' rows 200 as $$
declare
  mine uuid := (app.my_org_ids())[1];
  found_ids bigint[];
begin
  select array_agg(t.id) into found_ids from (
    select r.id from (
      select n.id, n.error, n.note from app.job_runs n
      where n.org_id = mine and (n.error is not null or n.note <> '')
        and (before is null or (n.started_at, n.id) < (before, below))
      order by n.started_at desc, n.id desc limit 3000) r
    where to_tsvector('simple', coalesce(r.error, '') || ' ' || r.note) @@ words limit most) t;
  if coalesce(cardinality(found_ids), 0) < most then
    with hits as materialized (
      select r.id, r.org_id, r.started_at from app.job_runs r
      where (r.error is not null or r.note <> '')
        and to_tsvector('simple', coalesce(r.error, '') || ' ' || r.note) @@ words)
    select array_agg(t.id) into found_ids from (
      select h.id from hits h where h.org_id = mine and (before is null or (h.started_at, h.id) < (before, below))
      order by h.started_at desc, h.id desc limit most) t;
  end if;
  return query select unnest(found_ids);
end $$;
revoke execute on function app.runs_saying(tsquery, timestamptz, bigint, int) from public;
grant execute on function app.runs_saying(tsquery, timestamptz, bigint, int) to authenticated, service_role;
