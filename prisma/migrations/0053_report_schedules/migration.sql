-- What is sent of an organisation by itself: its month by e-mail, or its week to a chat.
create table report_schedule (
  id uuid primary key,
  org_id integer not null references organization (id) on delete cascade,
  -- It holds what its owner may see at the moment that it is sent.
  owner_id text not null references app_user (id) on delete cascade,
  channel text not null check (channel in ('mail', 'slack', 'teams')),
  -- Of the month for mail, of the week (1: Monday) for a chat.
  on_day smallint not null check (on_day between 1 and 28),
  team_id integer references team (id) on delete cascade,
  recipients text[] not null default '{}',
  -- The address of a chat's webhook is a secret; its host is shown.
  webhook bytea,
  webhook_host text,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  check ((channel = 'mail') = (cardinality(recipients) > 0)),
  check ((channel = 'mail') = (webhook is null))
);

-- Each time that one was due, or was asked for, and what became of it.
create table report_delivery (
  id bigint primary key generated always as identity,
  schedule_id uuid not null references report_schedule (id) on delete cascade,
  due_at timestamptz not null,
  first_day date not null,
  last_day date not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  subject text,
  -- Why the last attempt failed, or what of it did.
  error text,
  sent_at timestamptz,
  unique (schedule_id, due_at)
);
create index report_delivery_waiting_idx on report_delivery (next_at) where state = 'waiting';
