-- A request says which events are new, so that a projection can follow them instead of reading the whole repository.
-- What was asked for before this migration is answered by a whole pass.
alter table projection_request
  add column whole boolean not null default true,
  add column event_ids text[] not null default '{}';
alter table projection_request
  drop constraint projection_request_pkey,
  add primary key (org_id, id);

-- New events of everything around the line (reviews, runs, deployments, costs…), in portions.
create table activity_request (
  org_id integer not null,
  id bigint generated always as identity,
  event_ids text[] not null,
  primary key (org_id, id)
);

-- Where the projection of a repository stands. `state` may lag behind the facts; `tail` says which events came since.
create table projection_checkpoint (
  org_id integer not null,
  repo_id integer not null,
  head_sha text not null,
  landed integer not null,
  facts_version text not null,
  basis text not null,
  tail_landed integer not null,
  tail jsonb not null,
  state bytea not null,
  primary key (org_id, repo_id)
);
-- Typed arrays hardly compress, and compressing them would cost more than writing them.
alter table projection_checkpoint alter column state set storage external;
