import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATEGORIES, CATEGORY_CODE, type Dimension, SIZE_BUCKETS } from "@/lib/core/dimensions";
import { ColumnWriter } from "@/lib/metrics/columns/column-writer";
import { type FactTable, HELD, MISSING, NO_NUMBERS, SUBJECT_CODE } from "@/lib/metrics/columns/table";
import { aiShareLines } from "@/lib/metrics/definitions/ai-share-lines";
import type { MetricDefinition } from "@/lib/metrics/definitions/definition";
import type { Directory } from "@/lib/metrics/directory";
import { selectPullRequests } from "@/lib/metrics/selection";
import { percentileCont } from "@/lib/metrics/statistics/percentile";
import { categoryOf, sizeBucketNameOf } from "@/lib/metrics/vocabulary";
import { scanMetrics } from "./scan-metrics";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-05T00:00:00Z");
const ORGS = [1, 2];

/** What the filter lets through. */
const KEPT = CATEGORIES.slice(1);

/** Enough repositories and teams that all of their combinations are more than an array of cells may have. */
const MANY = { repos: 400, teams: 300 };
const FEW = { repos: 3, teams: 2 };

const median: MetricDefinition = {
  ...aiShareLines,
  descriptor: { ...aiShareLines.descriptor, id: "lines_p50" },
  shareOf: [],
  measure: { kind: "percentile", column: "effectiveLines", at: 0.5, unknown: "unknown_lines" },
};
const share: MetricDefinition = { ...aiShareLines, shareOf: [] };
/** The same about pull requests that are three days old. */
const mature = (definition: MetricDefinition): MetricDefinition => ({
  ...definition,
  descriptor: { ...definition.descriptor, windowSeconds: 3 * 86_400 },
});

const pullRequest = fc.record({
  org: fc.constantFrom(...ORGS),
  minute: fc.nat(21 * 1440 - 1),
  repo: fc.nat(),
  team: fc.nat(),
  category: fc.constantFrom(...CATEGORIES),
  authorKind: fc.integer({ min: 1, max: 3 }),
  exclusion: fc.constantFrom(0, 0, 0, 2),
  lines: fc.oneof(fc.constant(null), fc.nat(300), fc.nat(10_000)),
});
type PullRequest = typeof pullRequest extends fc.Arbitrary<infer Value> ? Value : never;

function directoryOf({ repos, teams }: typeof MANY): Directory {
  return {
    orgs: ORGS.map((id) => ({ id, slug: `org-${id}`, name: "", isSample: false, timeZone: "UTC", fiscalStart: 1 })),
    repos: ORGS.flatMap((orgId) =>
      Array.from({ length: repos }, (_, index) => ({
        id: orgId * 1000 + index,
        orgId,
        value: `org-${orgId}/${index}`,
        name: String(index),
        // Not all of them are complete up to the same day.
        coverage: { from: null, to: new Date(START + (15 + (index % 7)) * DAY_MS) },
      })),
    ),
    teams: Array.from({ length: teams }, (_, id) => ({ id, orgId: 1, slug: `team-${id}`, name: "", isSmall: false })),
    agents: [],
  };
}

function tableOf(orgId: number, rows: readonly PullRequest[], { repos, teams }: typeof MANY): FactTable {
  const writer = new ColumnWriter(orgId);
  // Every repository and team is in the dictionaries, as in a table that had pull requests of each.
  for (let index = 0; index < repos; index += 1) writer.repoPosition(orgId * 1000 + index);
  for (let index = 0; index < teams; index += 1) writer.teamPosition(index);
  const sorted = rows.filter(({ org }) => org === orgId).sort((a, b) => a.minute - b.minute);
  sorted.forEach(({ authorKind, category, exclusion, lines, minute, repo, team }, number) => {
    writer.append({
      mergedAt: START + minute * 60_000,
      repoId: orgId * 1000 + (repo % repos),
      number,
      teamId: team % (teams + 1) === teams ? MISSING : team % (teams + 1),
      authorKind,
      category: CATEGORY_CODE[category],
      sizeBucket: number % SIZE_BUCKETS.length,
      exclusion,
      confidence: 0,
      agentsHigh: 0,
      agentsLow: 0,
      subject: SUBJECT_CODE.merged,
      cause: HELD,
      ...NO_NUMBERS,
      effectiveLines: lines ?? MISSING,
      agentLines: lines === null ? MISSING : lines % 7,
    });
  });
  return writer.table;
}

function labelOf(table: FactTable, row: number, dimension: Dimension): string {
  const profile = table.profiles[table.profile[row] ?? 0];
  if (dimension === "repo")
    return `org-${table.orgId}/${(table.repos[table.repo[row] ?? 0] ?? 0) - table.orgId * 1000}`;
  if (dimension === "team") {
    const id = table.teams[table.team[row] ?? 0];
    return id == null ? "unassigned" : `team-${id}`;
  }
  return dimension === "category" ? categoryOf(profile?.category ?? 0) : sizeBucketNameOf(profile?.sizeBucket ?? 0);
}

/** Lines of the rows that count, by group and week. */
function plainly(tables: readonly FactTable[], groupBy: readonly Dimension[], edges: readonly Date[], age: number) {
  const found = new Map<string, [number, number][]>();
  const ends = new Map(directoryOf(MANY).repos.map(({ coverage, id }) => [id, coverage?.to.getTime() ?? 0]));
  for (const table of tables) {
    for (let row = 0; row < table.length; row += 1) {
      const at = table.mergedAt[row] ?? 0;
      const end =
        (ends.get(table.repos[table.repo[row] ?? 0] ?? 0) ?? 0) - (age === 0 ? -DAY_MS * 99 : age + 3_600_000);
      const lines = table.effectiveLines[row] ?? MISSING;
      const profile = table.profiles[table.profile[row] ?? 0];
      if (profile === undefined || !KEPT.includes(categoryOf(profile.category))) continue;
      if (profile.exclusion !== 0 || at > end || lines === MISSING) continue;
      const bucket = edges.findLastIndex((edge) => edge.getTime() <= at);
      const key = JSON.stringify([bucket, ...groupBy.map((dimension) => labelOf(table, row, dimension))]);
      found.set(key, [...(found.get(key) ?? []), [lines, table.agentLines[row] ?? 0]]);
    }
  }
  return found;
}

function check(
  rows: readonly PullRequest[],
  size: typeof MANY,
  groupBy: Dimension[],
  old: boolean,
  orgs: number,
): void {
  const directory = directoryOf(size);
  const tables = ORGS.slice(0, orgs).map((orgId) => tableOf(orgId, rows, size));
  const edges = [0, 7, 14, 21].map((days) => new Date(START + days * DAY_MS));
  const period = { from: new Date(START), to: new Date(START + 21 * DAY_MS) };
  const definitions = (old ? [median, share].map(mature) : [median, share]).slice(0, orgs === 1 ? 2 : 1);
  const selection = selectPullRequests(directory, { category: KEPT });
  const { metrics } = scanMetrics({ definitions, groupBy, directory, selection, tables, period, edges });
  const expected = plainly(tables, groupBy, edges, old ? 3 * DAY_MS : 0);
  for (const { definition, denominators, groups, numerators } of metrics) {
    const seen = new Set<string>();
    for (const code of numerators.groups) {
      for (let bucket = 0; bucket < 3; bucket += 1) {
        const group = groups.groupOf(code);
        const key = JSON.stringify([bucket, ...groupBy.map((dimension) => group[dimension])]);
        const pairs = expected.get(key) ?? [];
        if (pairs.length > 0) seen.add(key);
        const place = numerators.find(code) * 3 + bucket;
        expect(denominators.n[denominators.find(code) * 3 + bucket], key).toBe(pairs.length);
        if (definition.measure.kind === "percentile") {
          const lines = pairs.map(([line]) => line);
          expect(numerators.percentileAt(place)?.value ?? null, key).toBe(percentileCont(lines, [0.5])?.[0] ?? null);
        } else {
          const sums = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
          numerators.readNumeratorSums(place, sums);
          denominators.readDenominatorSums(denominators.find(code) * 3 + bucket, sums);
          const sum = (of: (y: number, x: number) => number) => pairs.reduce((total, [y, x]) => total + of(y, x), 0);
          expect(sums, key).toEqual({
            n: 0,
            x: sum((_y, x) => x),
            y: sum((y) => y),
            xx: sum((_y, x) => x * x),
            xy: sum((y, x) => x * y),
            yy: sum((y) => y * y),
          });
        }
      }
    }
    expect(seen.size).toBe(expected.size);
  }
}

describe("a scan reads the numbers of every group as reading them one by one does", () => {
  const rows = fc.array(pullRequest, { maxLength: 120, size: "max" });

  it.each<Dimension[][]>([[[]], [["category"]], [["repo"]], [["team", "sizeBucket"]]])("by %j", (groupBy) => {
    fc.assert(
      fc.property(rows, fc.boolean(), fc.constantFrom(1, 2), (list, old, orgs) => check(list, FEW, groupBy, old, orgs)),
      { numRuns: 40 },
    );
  });

  it("where cells have no place of their own", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, old) => check(list, MANY, ["repo", "team", "category"], old, 1)),
      { numRuns: 5 },
    );
  });
});
