-- What production deployments named that the line did not hold when it was worked out what was deployed: until one of these
-- lands, a longer line changes nothing.
create table deployment_state (
  org_id integer not null,
  repo_id integer not null,
  awaited_shas text[] not null,
  awaited_numbers integer[] not null,
  primary key (org_id, repo_id)
);
