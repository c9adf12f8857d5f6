-- How an installation is connected to GitHub, and how far the reading of each repository is. Columns that hold secrets are
-- sealed with AES-256-GCM under a key that is not in the database.

-- Apps that were made at a GitHub for this installation; several accounts may install one.
create table github_app (
  id integer generated always as identity primary key,
  api_url text not null,
  app_id bigint not null,
  slug text not null,
  name text not null,
  html_url text not null,
  private_key bytea not null,
  webhook_secret bytea not null,
  created_at timestamptz not null default now(),
  unique (api_url, app_id)
);

-- An App that someone went to GitHub to make and has not come back with. The state itself is known to their browser alone.
create table github_app_request (
  state_digest bytea primary key,
  api_url text not null,
  account text,
  created_at timestamptz not null default now()
);

create table github_connection (
  id integer generated always as identity primary key,
  org_id integer not null references organization (id) on delete cascade,
  api_url text not null,
  account text not null,
  account_type text not null check (account_type in ('organization', 'user')),
  account_node_id text not null,
  app integer references github_app (id),
  installation_id bigint,
  token bytea,
  token_expires_at timestamptz,
  webhook_secret bytea,
  selection jsonb not null,
  -- How many days back history is read; null: all of it.
  depth_days integer check (depth_days > 0),
  permissions jsonb not null,
  missing_permissions text[] not null,
  state text not null check (state in ('active', 'paused', 'broken')),
  state_reason text,
  -- What is left of each limit, as the last answers said.
  budgets jsonb not null default '{}',
  wait_until timestamptz,
  -- When its repositories were listed last.
  listed_at timestamptz,
  -- When it was looked last which merged pull requests came of age.
  rescanned_at timestamptz,
  created_at timestamptz not null default now(),
  checked_at timestamptz not null default now(),
  unique (api_url, account_node_id),
  check ((token is null) = (app is not null) and (app is null) = (installation_id is null))
);
create index github_connection_org_idx on github_connection (org_id);

-- Repositories as GitHub knows them; the node id stays when one is renamed or moved.
create table github_repository (
  org_id integer not null,
  repo_id integer not null,
  connection_id integer not null,
  node_id text not null,
  database_id bigint not null,
  full_name text not null,
  default_branch text,
  archived boolean not null,
  fork boolean not null,
  private boolean not null,
  selected boolean not null,
  pushed_at timestamptz,
  -- Since when GitHub no longer shows it to us.
  gone_at timestamptz,
  primary key (org_id, repo_id),
  unique (org_id, node_id)
);

-- How far the reading of one kind of thing is. repo_id 0: of the organisation itself.
create table sync_state (
  org_id integer not null,
  connection_id integer not null,
  repo_id integer not null,
  entity text not null,
  -- idle: complete, and due again at next_try_at.
  state text not null check (state in ('idle', 'reading', 'failed', 'unavailable')),
  -- Where the walk under way stands; null between walks.
  cursor jsonb,
  -- Everything that changed before this instant has been read.
  watermark timestamptz,
  -- How far back history has been read.
  complete_from timestamptz,
  done integer not null default 0,
  total integer,
  page_size integer not null,
  -- Answers and milliseconds of this walk, for a rate and the time left.
  pages integer not null default 0,
  started_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  next_try_at timestamptz not null default now(),
  -- When somebody said last that something happened.
  requested_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (org_id, connection_id, repo_id, entity)
);
create index sync_state_due_idx on sync_state (connection_id, next_try_at) where state <> 'unavailable';

-- Single things to be read (again): what a webhook touched, what a page could not hold, what is due for another look.
create table refetch (
  org_id integer not null,
  connection_id integer not null,
  repo_id integer not null,
  kind text not null,
  -- Of GitHub; empty for a kind that there is one of in a repository.
  node_id text not null,
  -- Raised by every new request, so that one that comes while it is being read is not lost.
  requests bigint not null default 1,
  due_at timestamptz not null default now(),
  requested_at timestamptz not null default now(),
  attempts integer not null default 0,
  last_error text,
  primary key (org_id, connection_id, repo_id, kind, node_id)
);
create index refetch_due_idx on refetch (connection_id, due_at);

-- Who is whom: one person per id or e-mail address, never by name.
create table person (
  org_id integer not null,
  id bigint generated always as identity,
  name text,
  login text,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
create table person_identity (
  org_id integer not null,
  -- `id:<GitHub's number>` or `email:<address in lower case>`.
  identity text not null,
  person_id bigint not null,
  source text not null,
  primary key (org_id, identity)
);
create index person_identity_person_idx on person_identity (org_id, person_id);

-- Membership of GitHub's teams, dated by when it was seen: a later change never restates an earlier month.
create table team_member (
  org_id integer not null,
  team_id integer not null,
  person_id bigint not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (org_id, team_id, person_id, valid_from)
);
create index team_member_person_idx on team_member (org_id, person_id);

-- A delivery that is about nothing we follow says so, and can be replayed once it is.
alter table inbox drop constraint inbox_state_check;
alter table inbox add constraint inbox_state_check check (state in ('received', 'processed', 'ignored', 'failed'));
alter table inbox add column reason text;
create index inbox_waiting_idx on inbox (id) where state = 'received';
create index inbox_state_idx on inbox (state, id);

-- GitHub says only of each review by itself how many comments it holds.
alter table fact_review alter column comments drop not null;
