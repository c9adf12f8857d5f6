-- Groups of fewer than five people are counted together (decision 0023). Which ones is worked out anew, with the next
-- smallest where needed, whenever an organisation's teams are read.
alter table team add column is_small boolean not null default false;

update team set is_small = true where (
  select count(*) between 1 and 4 from team_member m where m.org_id = team.org_id and m.team_id = team.id and m.valid_to is null
);
