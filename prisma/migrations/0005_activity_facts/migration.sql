-- Facts of what happens around pull requests: narrow rows, one per thing, projected from events one by one. An id is the
-- MD5 of the event's id as a uuid (`md5(event.id)::uuid`), so a row leads back to its event. Keys begin with the organisation
-- and go on with what keeps neighbours together, so that millions of rows are added at the end of an index and not all
-- over it; an event never changes, so the instant in a key is as fixed as the id behind it.

create table fact_review (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  id uuid not null,
  submitted_at timestamptz not null,
  -- Tells reviewers apart and says nothing of them; null where the source names nobody.
  reviewer bigint,
  reviewer_kind smallint not null,
  state smallint not null,
  comments integer not null,
  primary key (org_id, repo_id, number, id)
);

create table fact_ci_run (
  org_id integer not null,
  repo_id integer not null,
  finished_at timestamptz not null,
  id uuid not null,
  number integer,
  conclusion smallint not null,
  seconds integer not null,
  check_name text not null,
  primary key (org_id, repo_id, finished_at, id)
);

create table fact_deployment (
  org_id integer not null,
  finished_at timestamptz not null,
  id uuid not null,
  repo_id integer,
  status smallint not null,
  kind smallint not null,
  service text not null,
  environment text not null,
  sha text not null,
  numbers integer[] not null,
  primary key (org_id, finished_at, id)
);

-- One row per incident, from whatever of it is known: without its opening event `opened_at` and what came with it are null.
-- `id` is the MD5 of the incident's own name.
create table fact_incident (
  org_id integer not null,
  id uuid not null,
  opened_at timestamptz,
  resolved_at timestamptz,
  repo_id integer,
  caused_by_number integer,
  severity smallint,
  incident text not null,
  service text,
  primary key (org_id, id)
);

create table fact_defect (
  org_id integer not null,
  opened_at timestamptz not null,
  id uuid not null,
  repo_id integer,
  caused_by_number integer,
  severity smallint not null,
  security boolean not null,
  primary key (org_id, opened_at, id)
);

create table fact_cost (
  org_id integer not null,
  incurred_at timestamptz not null,
  id uuid not null,
  amount_minor bigint not null,
  team_id integer,
  agent_code smallint,
  item smallint not null,
  provider text not null,
  currency text not null,
  primary key (org_id, incurred_at, id)
);

-- Additive parts only, per day of the organisation's calendar. A key holds no nulls: `agent_code` -1 is no agent and
-- `team_id` 0 is no team, which no agent and no team ever have.
create table rollup_cost_day (
  org_id integer not null,
  day date not null,
  team_id integer not null,
  agent_code smallint not null,
  item smallint not null,
  provider text not null,
  currency text not null,
  entries integer not null,
  amount_minor bigint not null,
  primary key (org_id, day, team_id, agent_code, item, provider, currency)
);

-- Pull requests that were closed and never merged. A merge, whenever it becomes known, removes the row.
create table fact_closed_pull_request (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  closed_at timestamptz not null,
  agent_mask bigint not null,
  team_id integer,
  author_kind smallint not null,
  category smallint not null,
  confidence smallint not null,
  primary key (org_id, repo_id, number)
);

-- By which rules an organisation's activity facts were made; other rules than the shipped ones ask for a rebuild.
create table activity_state (
  org_id integer primary key,
  facts_version text not null
);
-- What the log of a known organisation holds was never projected: no request asks for it.
insert into activity_state (org_id, facts_version) select id, '' from organization;
