-- By what the costs of a whole organisation are allocated to its teams.
alter table money_setting
  alter column currency drop not null,
  add column allocation text not null default 'pull_requests'
    check (allocation in ('pull_requests', 'people', 'seats', 'none'));
