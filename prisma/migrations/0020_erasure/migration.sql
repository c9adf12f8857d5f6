-- People whose data was erased: what comes of them again is written under the same pseudonym.
create table erased_identity (
  org_id integer not null,
  digest bytea not null,
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{12}$'),
  erased_at timestamptz not null default now(),
  primary key (org_id, digest)
);
-- Sealed; without it nobody can try names against the digests.
alter table installation add column erasure_key bytea;
