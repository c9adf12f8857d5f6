import { HOUR_SECONDS } from "@/lib/core/dimensions";
import { sql } from "@/lib/db/sql";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { Directory } from "@/lib/metrics/directory";
import { DirectoryNames } from "@/lib/metrics/directory-names";
import type { AgentItem, PullRequestItem, PullRequestOutcome } from "@/lib/metrics/explorer/types";
import { authorKindOf, categoryOf, exclusionOf } from "@/lib/metrics/vocabulary";
import { storedAgentsSchema } from "./stored-json";

/** What an item needs of the narrow fact `f` and its detail `d`. */
export const ITEM_COLUMNS = sql`f.org_id, f.repo_id, f.number, f.merged_at, f.team_id, f.rollback_seconds,
  f.effective_lines, f.author_kind, f.category, f.exclusion, d.title, d.url, d.agents`;

/** What an item needs of the narrow fact. */
export interface NarrowRow {
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
  outcome?: PullRequestOutcome;
}

/** What an item needs of the detail. */
export interface WideRow {
  title: string;
  url: string | null;
  agents: unknown;
}

export type ItemRow = NarrowRow & WideRow;

/** The narrow fact in a row of a table. */
export function narrowRowOf(table: FactTable, row: number, outcome: PullRequestOutcome): NarrowRow {
  const profile = table.profiles[table.profile[row] as number];
  if (profile === undefined) throw new Error("A row of a table points to no profile");
  const known = (value: number | undefined) => (value === undefined || value === MISSING ? null : value);
  return {
    org_id: table.orgId,
    repo_id: table.repos[table.repo[row] as number] as number,
    number: table.number[row] as number,
    merged_at: new Date(table.mergedAt[row] as number),
    team_id: table.teams[table.team[row] as number] ?? null,
    rollback_seconds: known(table.rollbackSeconds[row]),
    effective_lines: known(table.effectiveLines[row]),
    author_kind: profile.authorKind,
    category: profile.category,
    exclusion: profile.exclusion,
    outcome,
  };
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
  const known = new DirectoryNames(directory);
  const names = new Map(directory.agents.map(({ key, name }) => [key, name]));
  const samples = new Set(directory.orgs.filter(({ isSample }) => isSample).map(({ id }) => id));
  return (row) => ({
    id: pullRequestId(row.repo_id, row.number),
    org: known.org(row.org_id),
    repo: known.repo(row.repo_id),
    number: row.number,
    title: row.title,
    url: row.url,
    outcome: row.outcome ?? "merged",
    mergedAt: row.merged_at.toISOString(),
    authorKind: authorKindOf(row.author_kind),
    agents: readAgents(row.agents, names),
    category: categoryOf(row.category),
    team: known.team(row.team_id),
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
