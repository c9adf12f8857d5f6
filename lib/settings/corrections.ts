import {
  AUTHOR_KIND_CODE,
  AUTHOR_KINDS,
  type AuthorKind,
  CATEGORIES,
  CATEGORY_CODE,
  type Category,
} from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/** What somebody says of a pull request in the place of the rules; null is left to them. */
export interface StoredCorrection {
  authorKind: AuthorKind | null;
  agents: string[] | null;
  category: Category | null;
  notRolledBack: boolean;
  /** ISO instant: when it was rolled back, where nothing that was merged tells of it. */
  rolledBackAt: string | null;
}

/** The same as far as it is changed; what is left out stays. */
export type CorrectionChange = { [Name in keyof StoredCorrection]?: StoredCorrection[Name] | undefined };

/** The word of a stored code; null where it is left to the rules. */
export const storedAuthorKind = (code: number | null): AuthorKind | null =>
  AUTHOR_KINDS.find((kind) => AUTHOR_KIND_CODE[kind] === code) ?? null;

/** The same of a kind of work. */
export const storedCategory = (code: number | null): Category | null =>
  CATEGORIES.find((category) => CATEGORY_CODE[category] === code) ?? null;

interface Place {
  repoId: number;
  number: number;
}

const NOTHING: StoredCorrection = {
  authorKind: null,
  agents: null,
  category: null,
  notRolledBack: false,
  rolledBackAt: null,
};

/** What was said of a pull request. */
async function readCorrection(
  client: Parameters<typeof query>[1],
  { number, repoId }: Place,
): Promise<StoredCorrection> {
  const [row] = await query<{
    kind: number | null;
    agents: string[] | null;
    category: number | null;
    denied: boolean;
    at: Date | null;
  }>(
    sql`select author_kind as kind, agents, category, not_rolled_back as denied, rolled_back_at as at
      from pull_request_correction where repo_id = ${repoId} and number = ${number}`,
    client,
  );
  if (row === undefined) return NOTHING;
  return {
    authorKind: storedAuthorKind(row.kind),
    agents: row.agents,
    category: storedCategory(row.category),
    notRolledBack: row.denied,
    rolledBackAt: row.at?.toISOString() ?? null,
  };
}

/**
 * Notes what somebody says of a pull request, and asks for its repository’s facts to be made again. Where nothing is left
 * of it, the rules alone speak again.
 * @param found what the rules or an earlier correction say of who wrote it, and when it was merged
 * @returns what was said before and what is said now
 * @throws {AppError} `unprocessable` where agents are named of what no agent had a hand in, or one that nobody knows
 */
export async function correctPullRequest(
  place: Place,
  change: CorrectionChange,
  { by, found, mergedAt, why }: { by: string; why: string; found: AuthorKind; mergedAt: string },
): Promise<{ before: StoredCorrection; after: StoredCorrection }> {
  return withTransaction(async (client) => {
    const [repo] = await query<{ orgId: number; name: string }>(
      sql`select org_id as "orgId", name from repository where id = ${place.repoId} for update`,
      client,
    );
    if (repo === undefined) throw new AppError({ code: "not_found", message: "There is no such repository." });
    const before = await readCorrection(client, place);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const after: StoredCorrection = { ...before, ...given };
    const kind = after.authorKind ?? found;
    if ((kind === "human" || kind === "automation") && (after.agents ?? []).length > 0) {
      throw new AppError({
        code: "unprocessable",
        message: "Agents are named of what is said to be no agent’s work: say that it is an agent’s or assisted too.",
        pointer: "/agents",
      });
    }
    assertRolledBack(after, mergedAt);
    await assertKnownAgents(client, after.agents ?? []);
    await store(client, { ...place, orgId: repo.orgId }, after, { by, why });
    await execute(
      sql`insert into projection_request (org_id, repo, whole) values (${repo.orgId}, ${repo.name}, true)`,
      client,
    );
    return { before, after };
  });
}

/** It is rolled back or it is not, and not before there was something to roll back, nor in days to come. */
function assertRolledBack({ notRolledBack, rolledBackAt }: StoredCorrection, mergedAt: string): void {
  if (rolledBackAt === null) return;
  const refuse = (message: string) => new AppError({ code: "unprocessable", message, pointer: "/rolledBackAt" });
  if (notRolledBack) throw refuse("It is said to be rolled back and not to be: say one of the two.");
  if (Date.parse(rolledBackAt) < Date.parse(mergedAt)) throw refuse(`It was not merged before ${mergedAt}.`);
  if (Date.parse(rolledBackAt) > Date.now()) throw refuse("This is in the future.");
}

async function assertKnownAgents(client: Parameters<typeof query>[1], agents: readonly string[]): Promise<void> {
  const rows = await query<{ key: string }>(sql`select key from agent where key = any(${[...agents]}::text[])`, client);
  const known = new Set(rows.map(({ key }) => key));
  const unknown = agents.find((agent) => !known.has(agent));
  if (unknown === undefined) return;
  throw new AppError({
    code: "unprocessable",
    message: `No agent is called "${unknown}".`,
    pointer: `/agents/${agents.indexOf(unknown)}`,
  });
}

async function store(
  client: Parameters<typeof query>[1],
  { number, orgId, repoId }: Place & { orgId: number },
  { agents, authorKind, category, notRolledBack, rolledBackAt }: StoredCorrection,
  { by, why }: { by: string; why: string },
): Promise<void> {
  if (agents === null && authorKind === null && category === null && !notRolledBack && rolledBackAt === null) {
    await execute(sql`delete from pull_request_correction where repo_id = ${repoId} and number = ${number}`, client);
    return;
  }
  await execute(
    sql`insert into pull_request_correction
        (org_id, repo_id, number, author_kind, agents, category, not_rolled_back, rolled_back_at, why, corrected_by, corrected_at)
      values (${orgId}, ${repoId}, ${number}, ${authorKind === null ? null : AUTHOR_KIND_CODE[authorKind]},
        ${agents === null ? null : JSON.stringify(agents)}::jsonb, ${category === null ? null : CATEGORY_CODE[category]}, ${notRolledBack},
        ${rolledBackAt}::timestamptz, ${why}, ${by}, now())
      on conflict (org_id, repo_id, number) do update set author_kind = excluded.author_kind, agents = excluded.agents,
        category = excluded.category, not_rolled_back = excluded.not_rolled_back,
        rolled_back_at = excluded.rolled_back_at, why = excluded.why,
        corrected_by = excluded.corrected_by, corrected_at = excluded.corrected_at`,
    client,
  );
}
