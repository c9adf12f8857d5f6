-- Long work that someone started from a screen: what it is, how far it is, how it ended.
create table operation (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  step text not null,
  done integer not null default 0,
  total integer,
  input jsonb not null,
  result jsonb,
  error jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index operation_kind_created_idx on operation (kind, created_at);
