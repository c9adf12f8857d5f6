-- A second wall behind the filters of the product: whoever sees some teams reads as a role that sees no other row. The
-- owner of the tables, as which everything else runs, is not bound by it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    create role fleetgauge_reader nologin;
  end if;
  if not pg_has_role(current_user, 'fleetgauge_reader', 'member') then
    grant fleetgauge_reader to current_user;
  end if;
exception
  -- Several databases of a server are migrated at once, or the user may not make roles: `fleetgauge doctor` tells.
  when duplicate_object or unique_violation or insufficient_privilege then null;
end $$;

-- Whether the scope of a transaction, a setting of it, holds an id; without one it holds nothing.
create function scope_holds(setting text, id integer) returns boolean language sql stable parallel safe as $$
  select case coalesce(current_setting(setting, true), '') when '' then false when 'all' then true
    else coalesce(id = any(current_setting(setting, true)::integer[]), false) end
$$;

alter table fact_pull_request enable row level security;
create policy scope on fact_pull_request for select
  using (scope_holds('fleetgauge.organizations', org_id) and (current_setting('fleetgauge.teams', true) = 'all'
    or scope_holds('fleetgauge.teams', team_id)));

alter table fact_pull_request_detail enable row level security;
create policy scope on fact_pull_request_detail for select
  using (exists (select from fact_pull_request f where f.org_id = fact_pull_request_detail.org_id
    and f.repo_id = fact_pull_request_detail.repo_id and f.number = fact_pull_request_detail.number));

alter table fact_rollback enable row level security;
create policy scope on fact_rollback for select
  using (scope_holds('fleetgauge.organizations', org_id) and (current_setting('fleetgauge.teams', true) = 'all'
    or exists (select from fact_pull_request f where f.org_id = fact_rollback.org_id
      and f.repo_id = fact_rollback.repo_id and f.number in (fact_rollback.target_number, fact_rollback.revert_number))));

do $$
begin
  if exists (select from pg_roles where rolname = 'fleetgauge_reader') then
    grant select on fact_pull_request, fact_pull_request_detail, fact_rollback, fact_repository, organization, repository,
      team, agent to fleetgauge_reader;
  end if;
end $$;
