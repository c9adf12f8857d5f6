-- Plans that somebody thought through: every input of the model under a name. A version is never changed; the same name again is the next.
create table roi_scenario (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  -- Of one team; null: of the whole organisation.
  team_id integer references team (id) on delete cascade,
  name text not null,
  version integer not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  inputs jsonb not null,
  why text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- Offered no more; a link that names it still opens it.
  removed_at timestamptz,
  unique (org_id, name, version)
);
