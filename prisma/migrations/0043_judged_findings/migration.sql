-- What somebody said of a finding of a scanner: that it is none, or that it was one.
create table fact_judged_finding (
  org_id integer not null,
  finding text not null,
  judged_at timestamptz not null,
  tool text not null,
  is_false boolean not null,
  primary key (org_id, finding)
);

create trigger note_insert after insert on fact_judged_finding referencing new table as changed
  for each statement execute function note_directory();
create trigger note_update after update on fact_judged_finding referencing new table as changed
  for each statement execute function note_directory();
create trigger note_delete after delete on fact_judged_finding referencing old table as changed
  for each statement execute function note_directory();
