-- How an amount is known: 0 billed, 1 metered by who was used, 2 estimated from tokens and their prices. Of the same cost the best
-- known counts, and no two of them are ever added up; so days keep them apart.
alter table fact_cost add column basis smallint not null default 0;
alter table rollup_cost_day
  add column basis smallint not null default 0,
  drop constraint rollup_cost_day_pkey,
  add primary key (org_id, day, team_id, agent_code, item, provider, currency, basis);

-- What files of usage hold: tokens of models, by day. What they come to is posted as estimates where a price is known.
create table token_usage (
  org_id integer not null references organization (id) on delete cascade,
  source text not null,
  day date not null,
  team text not null,
  agent text not null,
  provider text not null,
  model text not null,
  input bigint not null,
  output bigint not null,
  cache_read bigint not null,
  cache_write bigint not null,
  primary key (org_id, source, day, team, agent, provider, model)
);

-- What a million tokens of a model cost from a day on, as somebody says. Nothing is ever changed; what is said last of a day stands
-- before what was said of it, and prices that are null take it back.
create table token_price (
  id bigint primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  model text not null,
  valid_from date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  input numeric check (input >= 0),
  output numeric check (output >= 0),
  -- Null: as input.
  cache_read numeric check (cache_read >= 0),
  cache_write numeric check (cache_write >= 0),
  why text not null,
  entered_by text not null,
  entered_at timestamptz not null default now(),
  check ((input is null) = (output is null))
);

create index token_price_org_idx on token_price (org_id, model, valid_from, id);

alter table cost_import_total
  add column basis text not null default 'billed' check (basis in ('billed', 'metered', 'estimated'));

-- What is paid by the month or year, or was paid once, as somebody entered it.
create table cost_entry (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  item text not null,
  provider text not null,
  team text,
  agent text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null,
  every text not null check (every in ('once', 'month', 'year')),
  starts_on date not null,
  -- The last day that it is paid for; null: until somebody ends it.
  ends_on date check (ends_on >= starts_on),
  why text not null,
  entered_by text not null,
  entered_at timestamptz not null default now(),
  removed_at timestamptz
);

create index cost_entry_org_idx on cost_entry (org_id, id desc);
