-- What a company changed about how its agents work, and when: marks on the timeline.
create table milestone (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  -- null: for everybody.
  team_id integer references team (id) on delete cascade,
  on_day date not null,
  kind text not null,
  title text not null,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index milestone_day_idx on milestone (org_id, on_day);
