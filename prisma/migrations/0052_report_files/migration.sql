-- Reports that somebody had made, in pieces as they were written; they are whole once report_file has their row.
create table report_piece (
  operation_id uuid not null references operation (id) on delete cascade,
  piece integer not null,
  bytes bytea not null,
  primary key (operation_id, piece)
);
-- Workbooks and documents are packed already.
alter table report_piece alter column bytes set storage external;

create table report_file (
  operation_id uuid primary key references operation (id) on delete cascade,
  file_name text not null,
  content_type text not null,
  bytes bigint not null,
  sha256 text not null,
  made_at timestamptz not null default now()
);

-- Whoever asked for a report finds it by this.
create index operation_asker_idx on operation ((input ->> 'userId'), created_at desc) where kind = 'make-report';
