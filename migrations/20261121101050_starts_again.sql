-- Whether a start was wished once more.
create index job_starts_again on app.job_starts (origin_id) where origin = 'retry';
