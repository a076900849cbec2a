-- What was told to one person is nobody else's to read, an admin's neither: only the worker plans and sends from here.
drop policy notice_tellings_select on app.notice_tellings;
create policy notice_tellings_select on app.notice_tellings for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]) and (select auth.uid()) is null);
