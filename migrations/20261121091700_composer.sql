-- What a post made from the library shows, in order, and what differs per platform: {"x": {"text": "…", "format": "thread"}}.
alter table app.drafts
  add column media_ids uuid[] not null default '{}',
  add column per_channel jsonb not null default '{}' check (jsonb_typeof(per_channel) = 'object');
alter table app.draft_versions
  add column per_channel jsonb not null default '{}' check (jsonb_typeof(per_channel) = 'object');
