-- When the teams of an account are to be read next, and why they were not.
alter table github_connection add column teams_due_at timestamptz not null default 'epoch', add column teams_error text;

-- When addresses were linked last with accounts.
alter table organization add column people_linked_at timestamptz;

create index team_member_team_idx on team_member (org_id, team_id);
