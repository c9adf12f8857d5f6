-- Files of costs that somebody entered. What a file tells is posted as events; here stands who entered what and how it was read.
create table cost_import (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  -- Who the bill is from, as people call it: a later file of the same source stands in the place of an earlier one.
  source text not null,
  file_name text not null,
  sha256 text not null,
  lines integer not null,
  first_day date not null,
  last_day date not null,
  -- How its columns were read; null: a file was taken back.
  reading jsonb,
  -- Entries that were posted, which are the differences to what the source had told of the same days.
  posted integer not null,
  imported_by text not null,
  imported_at timestamptz not null default now()
);

create index cost_import_org_idx on cost_import (org_id, id desc);

-- What each source stands for by now, day by day: what was posted of it adds up to this.
create table cost_import_total (
  org_id integer not null references organization (id) on delete cascade,
  source text not null,
  day date not null,
  team text not null,
  agent text not null,
  item text not null,
  provider text not null,
  currency text not null,
  amount_minor bigint not null,
  primary key (org_id, source, day, team, agent, item, provider, currency)
);
