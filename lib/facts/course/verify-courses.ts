import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { coursesOf } from "./work-out-courses";

export interface CourseMismatch {
  orgId: number;
  repo: string;
  tables: ["fact_pull_request_course"];
}

/**
 * Works out every course again and compares it with the stored one; nothing is written. Repositories whose requests wait
 * are left out: theirs are not meant to be right yet.
 * @returns the number of repositories checked and those that differ
 */
export async function verifyCourses(): Promise<{ checked: number; mismatches: CourseMismatch[] }> {
  const repositories = await query<{ org_id: number; id: number; name: string }>(
    sql`select org_id, id, name from repository r
      where not exists (select from course_request c where c.org_id = r.org_id and coalesce(c.repo_id, r.id) = r.id)
      order by org_id, name`,
  );
  const mismatches: CourseMismatch[] = [];
  for (const { id, name, org_id: orgId } of repositories) {
    const [row] = await withTransaction(
      (client) =>
        query<{ differs: boolean }>(
          sql`with fresh as (${coursesOf({ orgId, repoId: id, numbers: null })}),
              stored as (select * from fact_pull_request_course where org_id = ${orgId} and repo_id = ${id})
            select exists (table fresh except table stored) or exists (table stored except table fresh) as differs`,
          client,
        ),
      { bulk: true },
    );
    if (row?.differs === true) mismatches.push({ orgId, repo: name, tables: ["fact_pull_request_course"] });
  }
  return { checked: repositories.length, mismatches };
}
