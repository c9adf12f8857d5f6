-- What keeps the log whole by itself: GitHub's own list of what it delivered, and its own count of what there is.

-- Everything that GitHub delivered before this instant has arrived, or is older than GitHub keeps it.
alter table github_app add column deliveries_read_at timestamptz;

-- When GitHub's counts were compared last with what was read.
alter table github_connection add column compared_at timestamptz;

-- What GitHub counted, until a walk that began later is done and can be held against it; and how many more that were than
-- were read. null: never compared.
alter table sync_state add column counted integer, add column counted_at timestamptz, add column missing integer;
