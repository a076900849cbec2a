-- What is old is forgotten by the clockwork, found by its age. A delivery takes its lines of the log with it; nobody takes
-- a line alone.
create index notifications_age on app.notifications (told_at);
create index notice_tellings_age on app.notice_tellings (told_at);
create index notice_deliveries_age on app.notice_deliveries (created_at);
grant delete on app.notifications, app.notice_deliveries to service_role;
