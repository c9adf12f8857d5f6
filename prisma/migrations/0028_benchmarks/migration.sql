-- Figures that a company holds its own against, beside the published ones.
create table company_benchmark (
  id integer primary key generated always as identity,
  metric text not null,
  says text not null,
  publisher text not null,
  -- A year, a month or a day.
  published text not null,
  low double precision not null,
  high double precision not null check (high >= low),
  created_at timestamptz not null default now()
);
