-- People and pages that posts mention: kept per brand beside hashtag groups, and with each version as they were then.
alter table app.text_presets drop constraint text_presets_kind_check;
alter table app.text_presets add constraint text_presets_kind_check check (kind in ('hashtags', 'utm', 'mention'));
alter table app.draft_versions
  add column mentions jsonb not null default '{}' check (jsonb_typeof(mentions) = 'object');
