import type { Pool } from "pg";

/** The role that reads on behalf of whoever sees a part of the data; the migrations make it, where they may. */
export const READER_ROLE = "fleetgauge_reader";

/** What the role may read. */
const READER_TABLES = [
  "fact_pull_request",
  "fact_pull_request_detail",
  "fact_pull_request_course",
  "fact_closed_pull_request",
  "fact_review_effort",
  "fact_rollback",
  "pull_request_triage",
  "pull_request_correction",
  "fact_repository",
  "organization",
  "repository",
  "team",
  "agent",
];

/** What a superuser runs where the migrations may not make roles. */
export const MAKE_READER_ROLE = `create role ${READER_ROLE} nologin; grant ${READER_ROLE} to <user>; grant select on ${READER_TABLES.join(", ")} to ${READER_ROLE};`;

const known = new WeakMap<Pool, Promise<boolean>>();

/** Whether the role is there and this user may become it. Asked once for each pool. */
export function canBecomeReader(pool: Pool): Promise<boolean> {
  let asked = known.get(pool);
  if (asked === undefined) {
    asked = pool
      .query<{ member: boolean }>(
        "select coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = $1), false) as member",
        [READER_ROLE],
      )
      .then(({ rows }) => rows[0]?.member === true);
    asked.catch(() => known.delete(pool));
    known.set(pool, asked);
  }
  return asked;
}
