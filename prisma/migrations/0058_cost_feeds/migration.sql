-- Accounts of vendors whose costs are asked for every day.
create table cost_feed (
  id uuid primary key,
  org_id integer not null references organization (id) on delete cascade,
  vendor text not null,
  -- What the vendor calls the account, where its address needs it.
  account text,
  -- Whom everything that is paid there is for; null: nobody in particular.
  agent text,
  secret bytea,
  created_by text not null,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  -- waiting: not asked yet; well; attention: what came back cannot be booked, and `reason` says why; failing: it could not be asked.
  state text not null default 'waiting',
  reason text,
  asked_at timestamptz,
  -- When it last gave what was booked, and the last day that was.
  booked_at timestamptz,
  last_day date,
  next_at timestamptz not null default now(),
  attempts integer not null default 0
);
create index cost_feed_due_idx on cost_feed (next_at) where removed_at is null;
