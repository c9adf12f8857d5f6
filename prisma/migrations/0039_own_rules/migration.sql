-- What an organisation says in the place of the shipped rules of attribution. Every version stays; the last one holds.
create table rule_version (
  org_id integer not null references organization (id) on delete cascade,
  version integer not null,
  rules jsonb not null,
  why text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, version)
);

-- Whether users use the environment that was deployed to, as the rules of the organisation tell it.
alter table fact_deployment add column live boolean not null default false;
update fact_deployment set live = true where environment ~* '(^|[^a-z])(prod|production|live)([^a-z]|$)';
alter table fact_deployment alter column live drop default;
