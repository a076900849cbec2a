-- When a draft is wanted, before anybody decided: what its author is asked first, and where the calendar draws it.
alter table app.drafts add column wanted_at timestamptz;
create index drafts_wanted on app.drafts (org_id, wanted_at) where wanted_at is not null and archived_at is null;
