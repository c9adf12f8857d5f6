-- Where people sign in with the account of their company.
create table identity_provider (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  kind text not null check (kind in ('openid', 'github')),
  label text not null,
  -- Never changed: what an issuer calls a person means nothing at another one.
  issuer text not null,
  client_id text not null,
  client_secret bytea not null,
  -- Who may come in at all: addresses of these domains, or members of these organisations at GitHub.
  domains text[] not null,
  organizations text[] not null,
  trusts_email boolean not null default false,
  role_claim text,
  rules jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (cardinality(case kind when 'github' then organizations else domains end) > 0)
);

create table sign_in_attempt (
  state_digest bytea primary key,
  browser_digest bytea not null,
  provider_id text not null references identity_provider (id) on delete cascade,
  nonce text not null,
  code_verifier text not null,
  next_path text not null,
  user_id text references app_user (id) on delete cascade,
  created_at timestamptz not null default now()
);
create index sign_in_attempt_created_idx on sign_in_attempt (created_at);
