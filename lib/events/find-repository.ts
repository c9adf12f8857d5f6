import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/**
 * The repository that a report names as `org/name`.
 * @throws {AppError} `not_found`
 */
export async function findRepository(repository: string): Promise<{ orgId: number; repo: string }> {
  const [found] = await query<{ orgId: number; repo: string }>(
    sql`select r.org_id as "orgId", r.name as repo from repository r join organization o on o.id = r.org_id
      where o.slug || '/' || r.name = ${repository}`,
  );
  if (found !== undefined) return found;
  throw new AppError({
    code: "not_found",
    message: `There is no repository ${repository}; write it as organisation/name.`,
    pointer: "/repository",
  });
}
