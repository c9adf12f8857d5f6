-- What a closed month comes to 30 and 90 days after its end, with the metrics whose windows are as long; never changed.
create table month_vintage (
  close_id integer not null references month_close (id) on delete cascade,
  days smallint not null check (days in (30, 90)),
  -- What was known when it was worked out, as text.
  content text not null,
  worked_out_at timestamptz not null default now(),
  primary key (close_id, days)
);

create function keep_month_vintage() returns trigger language plpgsql as $$
begin
  raise exception 'what was known of a closed month is never changed';
end $$;
create trigger keep before update on month_vintage for each row execute function keep_month_vintage();
