-- Settings: what an admin names.
create table organization (
  id integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  time_zone text not null default 'UTC',
  is_sample boolean not null default false,
  created_at timestamptz not null default now()
);

create table repository (
  id integer generated always as identity primary key,
  org_id integer not null references organization (id) on delete cascade,
  name text not null,
  url text,
  default_branch text,
  head_sha text,
  created_at timestamptz not null default now(),
  unique (org_id, name)
);

create table team (
  id integer generated always as identity primary key,
  org_id integer not null references organization (id) on delete cascade,
  slug text not null,
  name text not null,
  unique (org_id, slug)
);

-- Effective-dated: a later owner never restates an earlier month.
create table repository_owner (
  org_id integer not null references organization (id) on delete cascade,
  repo_id integer not null references repository (id) on delete cascade,
  team_id integer not null references team (id) on delete cascade,
  valid_from timestamptz not null,
  primary key (org_id, repo_id, valid_from)
);

-- The agents that the shipped rules know; `code` is the bit in fact_pull_request.agent_mask.
create table agent (
  code smallint primary key,
  key text not null unique,
  name text not null
);

-- The append-only log. `id` is made from what the event is about, so the same fact seen twice is one row.
create table event (
  org_id integer not null,
  id text not null,
  seq bigint generated always as identity,
  source text not null,
  kind text not null,
  repo text,
  subject text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null default now(),
  actor jsonb,
  payload jsonb not null,
  primary key (org_id, id)
);
create index event_subject_idx on event (org_id, subject);
create index event_repo_kind_idx on event (org_id, repo, kind);

-- One row per batch of new events of a repository; the projector deletes the rows that it has seen.
create table projection_request (
  id bigint generated always as identity primary key,
  org_id integer not null,
  repo text not null,
  requested_at timestamptz not null default now()
);
create index projection_request_repo_idx on projection_request (org_id, repo, id);

-- Facts: can be truncated and rebuilt from the log at any time. org_id leads every key and nothing refers across.
create table fact_pull_request (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  merged_at timestamptz not null,
  team_id integer,
  rollback_seconds bigint,
  agent_mask bigint not null,
  effective_lines integer,
  agent_lines integer,
  prod_lines integer,
  author_kind smallint not null,
  category smallint not null,
  size_bucket smallint not null,
  exclusion smallint not null,
  confidence smallint not null,
  primary key (org_id, repo_id, number)
);
create index fact_pull_request_merged_idx on fact_pull_request (org_id, merged_at);

create table fact_pull_request_detail (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  merged_at timestamptz not null,
  title text not null,
  url text,
  author_name text,
  head_ref text,
  merge_sha text not null,
  merge_kind text not null,
  additions integer,
  deletions integer,
  changed_files integer,
  lines_reason text,
  agents jsonb not null,
  authorship jsonb not null,
  category jsonb not null,
  team jsonb not null,
  exclusion jsonb,
  primary key (org_id, repo_id, number)
);

create table fact_rollback (
  org_id integer not null,
  repo_id integer not null,
  revert_key text not null,
  target_key text not null,
  kind text not null,
  counts boolean not null,
  revert_number integer,
  revert_sha text not null,
  revert_title text not null,
  reverted_at timestamptz not null,
  target_number integer,
  target_sha text,
  target_title text,
  target_merged_at timestamptz,
  seconds bigint,
  confidence text not null,
  evidence jsonb not null,
  relanded_by_number integer,
  relanded_by_sha text,
  relanded_at timestamptz,
  resolver_version text not null,
  primary key (org_id, repo_id, revert_key, target_key)
);
create index fact_rollback_target_idx on fact_rollback (org_id, repo_id, target_number);
create index fact_rollback_reverted_idx on fact_rollback (org_id, reverted_at);

create table fact_direct_push (
  org_id integer not null,
  repo_id integer not null,
  sha text not null,
  pushed_at timestamptz not null,
  title text not null,
  primary key (org_id, repo_id, sha)
);

create table fact_unknown_bot (
  org_id integer not null,
  repo_id integer not null,
  identity text not null,
  role text not null,
  name text not null,
  pull_requests integer not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  example_number integer not null,
  primary key (org_id, repo_id, identity, role)
);

create table fact_repository (
  org_id integer not null,
  repo_id integer not null,
  branch text not null,
  head_sha text not null,
  complete_from timestamptz,
  complete_to timestamptz not null,
  history text not null,
  line_counts text not null,
  pull_request_refs boolean not null,
  landed integer not null,
  merged integer not null,
  squash integer not null,
  merge_commit integer not null,
  rebase integer not null,
  direct integer not null,
  strong integer not null,
  weak integer not null,
  unmarked integer not null,
  unknown_lines integer not null,
  unresolved integer not null,
  future_dated integer not null,
  missing_commits integer not null,
  rule_version text not null,
  primary key (org_id, repo_id)
);

-- Additive parts only, per day of the organisation's calendar.
create table rollup_repository_day (
  org_id integer not null,
  repo_id integer not null,
  day date not null,
  author_kind smallint not null,
  merged integer not null,
  eligible integer not null,
  rolled_back integer not null,
  effective_lines bigint not null,
  primary key (org_id, repo_id, day, author_kind)
);
