-- What is old is found by its age.
create index job_starts_finished on app.job_starts (finished_at) where finished_at is not null;
create index schedule_fires_fired on app.schedule_fires (fired_at);
