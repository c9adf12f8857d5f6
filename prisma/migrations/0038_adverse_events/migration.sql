-- From the merge to what else may go wrong with it: an older version that is deployed again, an incident that names it,
-- and the first hotfix for that.
alter table fact_pull_request_course
  add column redeployed_seconds integer,
  -- 1: others came with it, and nothing says which of them was taken back.
  add column redeploy_unclear integer,
  add column incident_seconds integer,
  add column hotfix_seconds integer;

-- Hotfixes and rollbacks are few among deployments, and looked up by what came before them.
create index fact_deployment_mending_idx on fact_deployment (org_id, repo_id, finished_at) where kind >= 2;
create index fact_deployment_sha_idx on fact_deployment (org_id, repo_id, sha);

-- What is deployed to mend something says something new of whatever was deployed before.
create function note_mended_repository() returns trigger language plpgsql as $$
begin
  insert into course_request (org_id, repo_id)
  select distinct c.org_id, c.repo_id from changed c where c.repo_id is not null and c.kind >= 2;
  return null;
end $$;
create trigger note_mended_insert after insert on fact_deployment referencing new table as changed
  for each statement execute function note_mended_repository();
create trigger note_mended_delete after delete on fact_deployment referencing old table as changed
  for each statement execute function note_mended_repository();

insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
