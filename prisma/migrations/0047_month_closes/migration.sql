-- Months that were closed. A close is never changed: what becomes known later is posted in the next month, and a month that
-- is opened again is closed as its next version.
create table month_close (
  id integer primary key generated always as identity,
  org_id integer not null references organization (id) on delete cascade,
  -- Its first day, in the zone of the organisation.
  month date not null check (extract(day from month) = 1),
  version integer not null,
  -- What was frozen, as the text that the hash is of.
  snapshot text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  closed_by text not null,
  closed_at timestamptz not null default now(),
  reopened_by text,
  reopened_at timestamptz,
  reopen_reason text,
  unique (org_id, month, version),
  check ((reopened_at is null) = (reopened_by is null) and (reopened_at is null) = (reopen_reason is null))
);

create function keep_month_close() returns trigger language plpgsql as $$
begin
  if old.reopened_at is not null
    or (new.org_id, new.month, new.version, new.snapshot, new.sha256, new.closed_by, new.closed_at)
      is distinct from (old.org_id, old.month, old.version, old.snapshot, old.sha256, old.closed_by, old.closed_at) then
    raise exception 'a closed month is never changed';
  end if;
  return new;
end $$;
create trigger keep before update on month_close for each row execute function keep_month_close();
