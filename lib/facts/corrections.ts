import { AGENTS } from "@/lib/attribution/agents";
import type { AuthorshipVerdict, CategoryVerdict, Evidence } from "@/lib/attribution/types";
import type { AuthorKind, Category } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { storedAuthorKind, storedCategory } from "@/lib/settings/corrections";

/** What somebody who knows says of a pull request in the place of the rules; null is left to them. */
export interface Correction {
  authorKind: AuthorKind | null;
  /** Keys; null: those that the rules found. */
  agents: string[] | null;
  category: Category | null;
  notRolledBack: boolean;
  /** When it was rolled back, as somebody says. */
  rolledBackAt: Date | null;
  why: string;
  by: string;
  /** `YYYY-MM-DD` */
  on: string;
}

interface CorrectionRow extends Omit<Correction, "authorKind" | "category"> {
  number: number;
  authorKind: number | null;
  category: number | null;
}

/** Reads what was said of the pull requests of a repository, by their numbers. */
export async function loadCorrections(
  client: PoolClient,
  { orgId, repoId }: { orgId: number; repoId: number },
): Promise<Map<number, Correction>> {
  const rows = await query<CorrectionRow>(
    sql`select number, author_kind as "authorKind", agents, category, not_rolled_back as "notRolledBack", rolled_back_at as "rolledBackAt", why,
        corrected_by as by, to_char(corrected_at at time zone 'UTC', 'YYYY-MM-DD') as on
      from pull_request_correction where org_id = ${orgId} and repo_id = ${repoId} order by number`,
    client,
  );
  return new Map(
    rows.map(({ authorKind, category, number, ...row }) => [
      number,
      {
        ...row,
        authorKind: storedAuthorKind(authorKind),
        category: storedCategory(category),
      },
    ]),
  );
}

/** That somebody said so, in words. */
export function correctionEvidence({ by, on, why }: Correction): Evidence {
  return { rule: "corrected", text: `${by} corrected this on ${on}: ${why}` };
}

/** What the rules say of who wrote something, with what somebody says in its place. */
export function correctAuthorship(found: AuthorshipVerdict, correction: Correction | undefined): AuthorshipVerdict {
  if (correction === undefined || (correction.authorKind === null && correction.agents === null)) return found;
  const evidence = correctionEvidence(correction);
  const kind = correction.authorKind ?? found.kind;
  const isAgents = kind === "agent" || kind === "assisted";
  const keys = isAgents ? (correction.agents ?? found.agents.map(({ agent }) => agent)) : [];
  const known = new Set(AGENTS.map(({ key }) => key));
  return {
    ...found,
    kind,
    confidence: "certain",
    agents: keys
      .filter((key) => known.has(key))
      .map((agent) => {
        const before = found.agents.find((one) => one.agent === agent);
        return {
          agent,
          share: before?.share ?? 1,
          confidence: "certain" as const,
          evidence: [evidence, ...(before?.evidence ?? [])],
        };
      }),
    evidence: [evidence, ...found.evidence],
    unknownBots: [],
  };
}

/** What the rules say of the kind of work, with what somebody says in its place. */
export function correctCategory(found: CategoryVerdict, correction: Correction | undefined): CategoryVerdict {
  if (correction?.category == null) return found;
  return { ...found, category: correction.category, rule: "manual", evidence: correctionEvidence(correction) };
}
