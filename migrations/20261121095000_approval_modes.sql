-- How a brand decides what may go out. A brand without a row asks for one other person's decision ('required').
create table app.approval_modes (
  brand_id uuid primary key references app.brands (id) on delete cascade,
  org_id uuid not null references app.organisations (id) on delete cascade,
  mode text not null check (mode in ('required', 'none', 'optional', 'levels')),
  levels jsonb not null default '[]' check (jsonb_typeof(levels) = 'array'),
  changed_by uuid references auth.users (id) on delete set null,
  changed_at timestamptz not null
);
create index approval_modes_org on app.approval_modes (org_id, brand_id);
create index approval_modes_changed_by on app.approval_modes (changed_by);
alter table app.approval_modes enable row level security;
alter table app.approval_modes force row level security;
create policy approval_modes_select on app.approval_modes for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
create policy approval_modes_insert on app.approval_modes for insert to authenticated
  with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
create policy approval_modes_update on app.approval_modes for update to authenticated
  using (org_id = any ((select app.my_admin_org_ids())::uuid[])) with check (org_id = any ((select app.my_admin_org_ids())::uuid[]));
grant select, insert on app.approval_modes to authenticated, service_role;
grant update (mode, levels, changed_by, changed_at) on app.approval_modes to authenticated, service_role;

-- One person's yes at one level, where a brand has several.
create table app.sign_offs (
  id uuid primary key,
  org_id uuid not null references app.organisations (id) on delete cascade,
  request_id uuid not null references app.review_requests (id) on delete cascade,
  level smallint not null check (level >= 1),
  signed_by uuid not null references auth.users (id) on delete cascade,
  signed_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index sign_offs_one_live on app.sign_offs (request_id, level, signed_by) where withdrawn_at is null;
create index sign_offs_org on app.sign_offs (org_id, request_id);
create index sign_offs_request on app.sign_offs (request_id);
create index sign_offs_signed_by on app.sign_offs (signed_by);
alter table app.sign_offs enable row level security;
alter table app.sign_offs force row level security;
create policy sign_offs_select on app.sign_offs for select to authenticated
  using (org_id = any ((select app.my_org_ids())::uuid[]));
-- nobody signs in somebody else's name, and only a person signs
create policy sign_offs_insert on app.sign_offs for insert to authenticated
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]) and signed_by = (select auth.uid()));
create policy sign_offs_update on app.sign_offs for update to authenticated
  using (org_id = any ((select app.my_editor_org_ids())::uuid[]) and signed_by = (select auth.uid()))
  with check (org_id = any ((select app.my_editor_org_ids())::uuid[]) and signed_by = (select auth.uid()));
grant select, insert on app.sign_offs to authenticated, service_role;
grant update (withdrawn_at) on app.sign_offs to authenticated, service_role;

-- Under which rule an approval was given, and whether by who made the version.
alter table app.approvals
  add column mode text not null default 'required' check (mode in ('required', 'none', 'optional', 'levels')),
  add column by_author boolean not null default false;

-- While a request waits it may be wanted at another time; nothing of what is sealed changes by that.
grant update (wanted_at) on app.review_requests to authenticated, service_role;
create index review_requests_waiting on app.review_requests (org_id, wanted_at, asked_at, id) where state = 'waiting';
