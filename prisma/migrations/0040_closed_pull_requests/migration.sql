-- What lists and pages show of a pull request that was closed without a merge. The projection of activity is of another
-- version with this, so that every organisation's is made again and fills them.
alter table fact_closed_pull_request add column title text not null default '', add column verdicts jsonb not null default '{}';
alter table fact_closed_pull_request alter column title drop default, alter column verdicts drop default;

-- Whoever sees some teams sees those of these teams alone.
alter table fact_closed_pull_request enable row level security;
create policy scope on fact_closed_pull_request for select
  using (scope_holds('fleetgauge.organizations', org_id) and (current_setting('fleetgauge.teams', true) = 'all'
    or scope_holds('fleetgauge.teams', team_id)));

-- A cause and what is kept of its course are seen by whoever sees the pull request, however it ended.
drop policy scope on pull_request_triage;
create policy scope on pull_request_triage for select
  using (exists (select from fact_pull_request f where f.org_id = pull_request_triage.org_id
      and f.repo_id = pull_request_triage.repo_id and f.number = pull_request_triage.number)
    or exists (select from fact_closed_pull_request f where f.org_id = pull_request_triage.org_id
      and f.repo_id = pull_request_triage.repo_id and f.number = pull_request_triage.number));

drop policy scope on fact_pull_request_course;
create policy scope on fact_pull_request_course for select
  using (exists (select from fact_pull_request f where f.org_id = fact_pull_request_course.org_id
      and f.repo_id = fact_pull_request_course.repo_id and f.number = fact_pull_request_course.number)
    or exists (select from fact_closed_pull_request f where f.org_id = fact_pull_request_course.org_id
      and f.repo_id = fact_pull_request_course.repo_id and f.number = fact_pull_request_course.number));

do $$
begin
  if exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    grant select on fact_closed_pull_request to fleetgauge_reader;
  end if;
end $$;
