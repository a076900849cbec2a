-- Called in the same transaction that brings a backup back, by whoever does it: what may still be sent was perhaps sent
-- since the backup was taken. The account is asked before each of these posts goes out; where it shows such posts to
-- nobody, a person is, even at the time of one that was planned for later: it may have been published early.
create function app.mark_restored(taken_at timestamptz, restored_at timestamptz) returns void
language sql set search_path = '' as $$
  update app.posts set
    doubt_since = least(doubt_since, mark_restored.taken_at, (select beat_at from app.publishing_pulse)),
    doubt_until = greatest(doubt_until, mark_restored.restored_at, due_at)
  where state in ('planned', 'due', 'preparing', 'uploading', 'processing', 'ready', 'held', 'failed');
$$;
revoke execute on function app.mark_restored(timestamptz, timestamptz) from public;
grant execute on function app.mark_restored(timestamptz, timestamptz) to service_role;
