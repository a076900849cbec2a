"""Practice X: OAuth 2.0 with a proof key, media uploads, posts, the account's timeline."""
