-- What the platform answered to an attempt's last calls: small, without secrets, the latest last.
alter table app.attempts add column answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array');
