-- An outlet has quiet hours of its own. What waits says what it is and what holds it; admins see what waits for outlets.
alter table app.notice_outlets
  add column quiet_from time,
  add column quiet_to time,
  add column urgent_breaks boolean not null default true,
  add constraint notice_outlets_quiet check ((quiet_from is null) = (quiet_to is null));

alter table app.notice_queue
  add column what text not null default '',
  add column held text not null default '' check (held in ('', 'digest', 'quiet', 'repeat'));
update app.notice_queue q set what = t.title from app.notice_tellings t
  where t.id = q.telling_id and q.delivery_id is null;
drop policy notice_queue_select on app.notice_queue;
create policy notice_queue_select on app.notice_queue for select to authenticated
  using ((org_id = any ((select app.my_org_ids())::uuid[]) and (user_id = (select auth.uid()) or (select auth.uid()) is null))
         or (outlet_id is not null and org_id = any ((select app.my_admin_org_ids())::uuid[])));
