-- What people answered when they were asked, of a team and of nobody by name.
create table survey_answer (
  org_id integer not null references organization (id) on delete cascade,
  id bigint generated always as identity,
  wave date not null,
  team_id integer references team (id) on delete cascade,
  -- 1 to 5.
  trust smallint check (trust between 1 and 5),
  hours_saved numeric(6, 2) check (hours_saved >= 0),
  primary key (org_id, id)
);
create index survey_answer_wave_idx on survey_answer (org_id, wave);

-- How many were asked.
create table survey_wave (
  org_id integer not null references organization (id) on delete cascade,
  wave date not null,
  invited integer check (invited > 0),
  primary key (org_id, wave)
);

-- What became of what a tool suggested, by day.
create table suggestion_report (
  org_id integer not null references organization (id) on delete cascade,
  id bigint generated always as identity,
  day date not null,
  team_id integer references team (id) on delete cascade,
  tool text not null,
  shown integer not null check (shown >= judged),
  judged integer not null check (judged >= false_positive),
  false_positive integer not null check (false_positive >= 0),
  primary key (org_id, id)
);
create unique index suggestion_report_key on suggestion_report (org_id, day, coalesce(team_id, 0), tool);

do $$
declare
  noted text;
begin
  foreach noted in array array['survey_answer', 'survey_wave', 'suggestion_report'] loop
    execute format('create trigger note_insert after insert on %I referencing new table as changed
      for each statement execute function note_directory()', noted);
    execute format('create trigger note_update after update on %I referencing new table as changed
      for each statement execute function note_directory()', noted);
    execute format('create trigger note_delete after delete on %I referencing old table as changed
      for each statement execute function note_directory()', noted);
  end loop;
end $$;
