-- Whether an incident within 30 days of the merge names a deployed pull request; null where that cannot be known.
alter table fact_pull_request_course add column debugged_30d integer;

create index fact_incident_caused_idx on fact_incident (org_id, repo_id, caused_by_number)
  where caused_by_number is not null;

-- As of defects: that there is any incident at all says that they are told of.
create trigger note_course_insert after insert on fact_incident referencing new table as changed
  for each statement execute function note_caused_course();
create trigger note_course_update after update on fact_incident referencing old table as replaced new table as changed
  for each statement execute function note_caused_course();
create trigger note_course_delete after delete on fact_incident referencing old table as changed
  for each statement execute function note_caused_course();

-- What is there already: the worker works it out.
insert into course_request (org_id, repo_id) select org_id, repo_id from fact_repository order by 1, 2;
