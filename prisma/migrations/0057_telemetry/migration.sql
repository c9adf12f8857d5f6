-- What agents tell of their own use by OTLP: sessions, calls of models, and data points of counters, exact to whatever was sent.

-- What one agent did in one place. `digest` tells it from others; `name` is what the agent calls it.
create table telemetry_session (
  id bigint generated always as identity primary key,
  org_id integer not null references organization (id) on delete cascade,
  agent text not null,
  digest uuid not null,
  name text,
  -- Whose it is: no more than a digest of the number that the agent has for them.
  producer uuid not null,
  provider text not null,
  team text,
  repository text,
  branch text,
  -- Nothing is paid for its calls: a subscription covers them.
  subscription boolean not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- What it used has to be added up anew.
  pending boolean not null default true,
  unique (org_id, agent, digest)
);
create index telemetry_session_pending_idx on telemetry_session (id) where pending;
create index telemetry_session_last_idx on telemetry_session (org_id, last_at);
create index telemetry_session_producer_idx on telemetry_session (org_id, producer);

-- Calls of models, as log records tell them. Costs in US dollars.
create table telemetry_request (
  session_id bigint not null references telemetry_session (id) on delete cascade,
  id uuid not null,
  at timestamptz not null,
  model text not null,
  cost numeric,
  input numeric,
  output numeric,
  cache_read numeric,
  cache_write numeric,
  primary key (session_id, id)
);

-- Counters, and their data points. `measure` counts from 0: cost, input, output, cacheRead, cacheWrite, cachedInput.
create table telemetry_series (
  id bigint generated always as identity primary key,
  session_id bigint not null references telemetry_session (id) on delete cascade,
  digest uuid not null,
  measure smallint not null,
  model text not null,
  cumulative boolean not null,
  unique (session_id, digest)
);
create table telemetry_point (
  series_id bigint not null references telemetry_series (id) on delete cascade,
  -- Nanoseconds since 1970.
  time_nano bigint not null,
  start_nano bigint not null,
  value numeric not null,
  primary key (series_id, time_nano, start_nano)
);

-- Commits that a session says it made.
create table telemetry_commit (
  session_id bigint not null references telemetry_session (id) on delete cascade,
  sha text not null,
  at timestamptz not null,
  primary key (session_id, sha)
);

-- What a session used on a day of the organisation's calendar: sums of the above, which outlive it.
create table telemetry_usage (
  org_id integer not null references organization (id) on delete cascade,
  day date not null,
  session_id bigint not null references telemetry_session (id) on delete cascade,
  model text not null,
  cost numeric,
  input numeric not null,
  output numeric not null,
  cache_read numeric not null,
  cache_write numeric not null,
  primary key (org_id, day, session_id, model)
);
create index telemetry_usage_session_idx on telemetry_usage (session_id);

-- The merged pull requests that a session worked on, and how that is known.
create table telemetry_link (
  org_id integer not null references organization (id) on delete cascade,
  session_id bigint not null references telemetry_session (id) on delete cascade,
  repo_id integer not null,
  number integer not null,
  -- certain, strong or weak; `how` is run, commit, trailer, branch or time.
  confidence text not null,
  how text not null,
  primary key (session_id, repo_id, number)
);
create index telemetry_link_pull_request_idx on telemetry_link (org_id, repo_id, number);

-- What came in by day and agent, for whoever sets one up.
create table telemetry_tally (
  org_id integer not null references organization (id) on delete cascade,
  day date not null,
  agent text not null,
  requests bigint not null,
  -- Data points and records that something was counted of, also where they were known.
  told bigint not null,
  last_at timestamptz not null,
  primary key (org_id, day, agent)
);

-- Sessions that pull requests name: in a trailer of their commits, or as whoever ran the agent tells.
create table fact_agent_session (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  session text not null,
  -- 1 told by whoever ran it, 2 by a trailer.
  how smallint not null,
  primary key (org_id, repo_id, number, session, how)
);
create index fact_agent_session_name_idx on fact_agent_session (org_id, session);
