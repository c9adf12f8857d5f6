-- Deliveries of webhooks as they came, stored before they are answered. Nobody can tell the organisation of a delivery at
-- the door, so this table belongs to the installation and is not distributed with the facts.
create table inbox (
  id bigint generated always as identity primary key,
  source text not null,
  delivery_id text not null,
  event text not null,
  -- A hint for whoever looks at deliveries; null where the body does not begin with it.
  action text,
  headers jsonb not null,
  body bytea not null,
  sha256 bytea not null generated always as (sha256(body)) stored,
  received_at timestamptz not null default now(),
  state text not null default 'received' check (state in ('received', 'processed', 'failed')),
  attempts integer not null default 0,
  last_error text,
  processed_at timestamptz,
  unique (source, delivery_id)
);
-- Compressing a body takes longer than writing it.
alter table inbox alter column body set storage external;
