-- Addresses of pages with their period and filters, by a name of one's own.
create table saved_view (
  id integer primary key generated always as identity,
  user_id text not null references app_user (id) on delete cascade,
  name text not null,
  path text not null,
  -- Whether everybody who may see the page finds it.
  is_shared boolean not null,
  created_at timestamptz not null default now(),
  unique (user_id, name)
);
