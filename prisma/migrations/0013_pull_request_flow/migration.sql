-- What sources that know pull requests by themselves tell of the way of each to its merge, one narrow row per pull request.
create table fact_pull_request_flow (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  opened_at timestamptz,
  -- Opened as a draft; null: not known.
  draft boolean,
  -- When it was said last to be ready for review.
  ready_at timestamptz,
  -- When automatic merging was switched on or off last, which of the two, and by whom (kinds of actors).
  auto_merge_at timestamptz,
  auto_merge boolean,
  auto_merge_by smallint,
  -- When it came into the merge queue last.
  queued_at timestamptz,
  primary key (org_id, repo_id, number)
);

-- When a merged pull request was first in a production deployment that succeeded.
create table fact_pull_request_deployment (
  org_id integer not null,
  repo_id integer not null,
  number integer not null,
  deployed_at timestamptz not null,
  primary key (org_id, repo_id, number)
);

-- Repositories whose deployments or line changed since it was worked out what was deployed.
create table deployment_request (
  org_id integer not null,
  repo_id integer not null,
  primary key (org_id, repo_id)
);
