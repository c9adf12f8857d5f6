import { HOUR_SECONDS } from "@/lib/core/dimensions";
import { sql } from "@/lib/db/sql";
import type { Directory } from "@/lib/metrics/directory";
import { createGroupReader } from "@/lib/metrics/groups";
import type { AgentItem, PullRequestItem } from "@/lib/metrics/types";
import { authorKindOf, categoryOf, exclusionOf } from "@/lib/metrics/vocabulary";
import { storedAgentsSchema } from "./stored-json";

/** What an item needs of the narrow fact `f` and its detail `d`. */
export const ITEM_COLUMNS = sql`f.org_id, f.repo_id, f.number, f.merged_at, f.team_id, f.rollback_seconds,
  f.effective_lines, f.author_kind, f.category, f.exclusion, d.title, d.url, d.agents`;

export interface ItemRow {
  org_id: number;
  repo_id: number;
  number: number;
  merged_at: Date;
  team_id: number | null;
  rollback_seconds: number | null;
  effective_lines: number | null;
  author_kind: number;
  category: number;
  exclusion: number;
  title: string;
  url: string | null;
  agents: unknown;
}

/** `<repository id>-<number>`: stable, because repositories are never renumbered. */
export function pullRequestId(repoId: number, number: number): string {
  return `${repoId}-${number}`;
}

function readAgents(stored: unknown, names: ReadonlyMap<string, string>): AgentItem[] {
  return storedAgentsSchema.parse(stored).map((agent) => ({ ...agent, name: names.get(agent.agent) ?? agent.agent }));
}

/** A function that turns a row into the item that lists and pages show. */
export function createItemReader(directory: Directory): (row: ItemRow) => PullRequestItem {
  const read = createGroupReader(directory);
  const names = new Map(directory.agents.map(({ key, name }) => [key, name]));
  const samples = new Set(directory.orgs.filter(({ isSample }) => isSample).map(({ id }) => id));
  return (row) => ({
    id: pullRequestId(row.repo_id, row.number),
    org: read("org", row)[0] ?? "",
    repo: read("repo", row)[0] ?? "",
    number: row.number,
    title: row.title,
    url: row.url,
    mergedAt: row.merged_at.toISOString(),
    authorKind: authorKindOf(row.author_kind),
    agents: readAgents(row.agents, names),
    category: categoryOf(row.category),
    team: row.team_id === null ? null : (read("team", row)[0] ?? null),
    exclusion: exclusionOf(row.exclusion),
    effectiveLines: row.effective_lines,
    rolledBackAt:
      row.rollback_seconds === null
        ? null
        : new Date(row.merged_at.getTime() + row.rollback_seconds * 1000).toISOString(),
    hoursToRollback: row.rollback_seconds === null ? null : row.rollback_seconds / HOUR_SECONDS,
    isSample: samples.has(row.org_id),
  });
}
