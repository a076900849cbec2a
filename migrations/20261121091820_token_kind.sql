-- What kind of token the platform says a channel's is, in its own word; empty where it does not tell.
alter table app.channels add column token_kind text not null default '' check (length(token_kind) <= 40);
