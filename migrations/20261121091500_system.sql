-- The system page names the migrations that are applied.
grant usage on schema supabase_migrations to app_web;
grant select (version, name) on supabase_migrations.schema_migrations to app_web;
