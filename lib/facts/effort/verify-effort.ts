import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { effortOf } from "./estimate-effort";

export interface EffortMismatch {
  orgId: number;
  /** A reviewer reads in several repositories. */
  repo: null;
  tables: ["fact_review_effort"];
}

/**
 * Estimates the effort of every reviewer again and compares it with what is stored; nothing is written. Organisations whose
 * requests wait are left out: theirs is not meant to be right yet.
 */
export async function verifyEffort(): Promise<EffortMismatch[]> {
  const rows = await query<{ id: number }>(
    sql`select id from organization o where not exists (select from effort_request r where r.org_id = o.id) order by id`,
  );
  const mismatches: EffortMismatch[] = [];
  for (const { id } of rows) {
    const differs = await withTransaction((client) => differsIn(id, (statement) => query(statement, client)), {
      bulk: true,
    });
    if (differs) mismatches.push({ orgId: id, repo: null, tables: ["fact_review_effort"] });
  }
  return mismatches;
}

async function differsIn(
  orgId: number,
  ask: (statement: ReturnType<typeof effortOf>) => Promise<{ [column: string]: unknown }[]>,
): Promise<boolean> {
  const reviewers = await ask(
    sql`select distinct reviewer::text as reviewer from fact_review
      where org_id = ${orgId} and reviewer_kind = 1 and reviewer is not null`,
  );
  const [row] = await ask(
    sql`with fresh as (${effortOf(
      orgId,
      reviewers.map(({ reviewer }) => String(reviewer)),
    )}), stored as (select * from fact_review_effort where org_id = ${orgId})
      select exists (table fresh except table stored) or exists (table stored except table fresh) as differs`,
  );
  return row?.differs === true;
}
