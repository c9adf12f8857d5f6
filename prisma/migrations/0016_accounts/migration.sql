create table app_user (
  id text primary key,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  name text not null,
  image text,
  role text not null check (role in ('owner', 'admin', 'finance', 'lead', 'viewer')),
  two_factor_enabled boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table user_session (
  id text primary key,
  token text not null unique,
  user_id text not null references app_user (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index user_session_user_idx on user_session (user_id);

create table user_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references app_user (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index user_account_user_idx on user_account (user_id);

create table user_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index user_verification_identifier_idx on user_verification (identifier);

create table user_two_factor (
  id text primary key,
  user_id text not null references app_user (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create index user_two_factor_user_idx on user_two_factor (user_id);

create table user_team (
  user_id text not null references app_user (id) on delete cascade,
  team_id integer not null references team (id) on delete cascade,
  primary key (user_id, team_id)
);

create table invitation (
  id text primary key,
  purpose text not null check (purpose in ('join', 'reset')),
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'finance', 'lead', 'viewer')),
  team_ids integer[] not null,
  token_digest bytea not null unique,
  invited_by text references app_user (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz
);

create table api_key (
  id text primary key,
  name text not null,
  prefix text not null,
  digest bytea not null unique,
  scopes text[] not null,
  created_by text references app_user (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table installation (
  id smallint primary key default 1 check (id = 1),
  set_up_code_digest bytea,
  set_up_code_expires_at timestamptz,
  audit_key bytea,
  audit_seq bigint not null default 0,
  audit_hash bytea
);
insert into installation (id) values (1);

create table rate_limit (
  key text primary key,
  due_at timestamptz not null
);
create index rate_limit_due_idx on rate_limit (due_at);

create table audit_event (
  seq bigint primary key,
  at timestamptz(3) not null,
  actor_kind text not null check (actor_kind in ('user', 'key', 'command', 'system', 'nobody')),
  actor_id text,
  actor_name text not null,
  address text,
  user_agent text,
  action text not null,
  target_kind text not null,
  target_id text,
  target_name text,
  before jsonb,
  after jsonb,
  hash bytea not null
);
create index audit_event_action_idx on audit_event (action, seq);
create index audit_event_actor_idx on audit_event (actor_id, seq);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_audit_change();
