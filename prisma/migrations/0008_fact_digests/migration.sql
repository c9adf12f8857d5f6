-- What a wide row holds, as a number: a rebuild compares it with what it computes and writes only what differs. Rows that
-- are there already have none, so the first rebuild writes them anew.
alter table fact_pull_request_detail add column digest bigint;
alter table fact_rollback add column digest bigint;
