-- What somebody who knows says of a pull request in the place of the rules; null is left to them. The audit log keeps who
-- said what before.
create table pull_request_correction (
  org_id integer not null references organization (id) on delete cascade,
  repo_id integer not null references repository (id) on delete cascade,
  number integer not null,
  author_kind smallint,
  -- Keys of agents; of a person's own work an empty list.
  agents jsonb,
  category smallint,
  -- What took it back is no rollback of it.
  not_rolled_back boolean not null default false,
  why text not null,
  corrected_by text not null,
  corrected_at timestamptz not null,
  primary key (org_id, repo_id, number)
);

-- Whoever sees some teams sees what is said of their pull requests alone.
alter table pull_request_correction enable row level security;
create policy scope on pull_request_correction for select
  using (exists (select from fact_pull_request f where f.org_id = pull_request_correction.org_id
    and f.repo_id = pull_request_correction.repo_id and f.number = pull_request_correction.number));

do $$
begin
  if exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    grant select on pull_request_correction to fleetgauge_reader;
  end if;
end $$;
