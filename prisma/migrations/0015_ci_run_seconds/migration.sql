-- A commit status says when it ended and not when it began.
alter table fact_ci_run alter column seconds drop not null;
