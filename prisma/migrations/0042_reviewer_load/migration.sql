-- How long reviews took is as visible as what was reviewed.
alter table fact_review_effort enable row level security;
create policy scope on fact_review_effort for select
  using (exists (select from fact_pull_request f where f.org_id = fact_review_effort.org_id
      and f.repo_id = fact_review_effort.repo_id and f.number = fact_review_effort.number)
    or exists (select from fact_closed_pull_request f where f.org_id = fact_review_effort.org_id
      and f.repo_id = fact_review_effort.repo_id and f.number = fact_review_effort.number));

do $$
begin
  if exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    grant select on fact_review_effort to fleetgauge_reader;
  end if;
end $$;
