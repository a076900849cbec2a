-- Tokens that live for hours are renewed by a refresh token. `renews`: one is kept. `sign_in_ends_at`: when that one
-- ends. `renew_at`: when the token is to be renewed; null where that is not possible.
alter table app.channels
  add column renews boolean not null default false,
  add column sign_in_ends_at timestamptz,
  add column renew_at timestamptz;
create index channels_renew_at on app.channels (renew_at) where state = 'connected' and renew_at is not null;
