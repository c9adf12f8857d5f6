import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import {
  AUTHOR_KINDS,
  CATEGORIES,
  DAY_SECONDS,
  EXCLUSIONS,
  REVERT_KINDS,
  SEVERITIES,
  SIZE_BUCKETS,
} from "@/lib/core/dimensions";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import type { Page } from "@/lib/metrics/explorer/types";
import {
  PULL_REQUEST_SORTS,
  pullRequestListSchema,
  ROLLBACK_SORTS,
  rollbackListSchema,
} from "@/lib/metrics/list-schema";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { insertVerdicts } from "@/tests/factories/rollbacks";
import { useTestDatabase } from "@/tests/setup/test-database";
import {
  expectedPulls,
  expectedVerdicts,
  LISTED_AGENTS,
  LISTED_TO,
  type ListedPull,
  type ListedRepo,
  type ListedVerdict,
  type ListFilters,
} from "./explorer-oracle";

useTestDatabase();

const START = Date.parse("2026-03-01T00:00:00Z");
const TITLE_PARTS = ["Fix", "fix the", "API", "ÄRGER", "100%", "a_b", "(#12)", "docs"];

const repos: ListedRepo[] = [];
let teams: Record<string, { id: number; slug: string }[]> = {};

beforeAll(async () => {
  await insertAgents(LISTED_AGENTS);
  for (const org of ["acme", "globex"]) {
    const orgId = await insertOrg(org);
    const slugs = [`${org}-one`, `${org}-two`];
    teams = {
      ...teams,
      [org]: await Promise.all(slugs.map(async (slug) => ({ id: await insertTeam(orgId, slug), slug }))),
    };
    for (const name of ["api", "web"]) {
      const id = await insertRepo(orgId, name, { completeTo: new Date(LISTED_TO).toISOString() });
      repos.push({ org, orgId, id, value: `${org}/${name}` });
    }
  }
});

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const some = <Value>(values: readonly Value[]) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) });
/** Few different moments, so that many pull requests share one. */
const moment = fc.nat(30).map((step) => START + step * 17 * 3_600_000);

const pullArbitrary = fc.record({
  repo: fc.nat(3),
  mergedAt: moment.map((at) => new Date(at).toISOString()),
  kind: fc.constantFrom(...AUTHOR_KINDS),
  category: fc.constantFrom(...CATEGORIES),
  exclusion: fc.constantFrom("none" as const, ...EXCLUSIONS),
  team: fc.nat(2),
  agentMask: fc.constantFrom(0n, 0n, 1n, 1n << 40n, 1n | (1n << 40n)),
  rollbackSeconds: maybe(fc.constantFrom(0, 3600, DAY_SECONDS, DAY_SECONDS + 1, 9 * DAY_SECONDS)),
  effectiveLines: maybe(fc.constantFrom(0, 10, 60, 500, 5000)),
  title: fc.array(fc.constantFrom(...TITLE_PARTS), { maxLength: 4 }).map((parts) => parts.join(" ")),
});

const verdictArbitrary = fc.record({
  repo: fc.nat(3),
  kind: fc.constantFrom(...REVERT_KINDS),
  revertedAt: moment.map((at) => new Date(at).toISOString()),
  target: maybe(
    fc.record({ number: fc.integer({ min: 1, max: 12 }), mergedAt: moment.map((at) => new Date(at).toISOString()) }),
  ),
});

const fleetArbitrary = fc.record({
  pulls: fc.array(pullArbitrary, { minLength: 30, maxLength: 80 }),
  verdicts: fc.array(verdictArbitrary, { minLength: 15, maxLength: 40 }),
});

const allFilters = fc.record({
  org: some(["acme", "globex"]),
  repo: some(["acme/api", "globex/web", "api"]),
  team: some(["acme-one", "globex-two", "unassigned"]),
  agent: some(["claude_code", "cursor", "unknown"]),
  authorKind: some(AUTHOR_KINDS),
  category: some(CATEGORIES),
  severity: some(SEVERITIES),
  sizeBucket: some(SIZE_BUCKETS),
  from: moment.map((at) => new Date(at).toISOString()),
  to: moment.map((at) => new Date(at).toISOString()),
});
const FILTERS = ["org", "repo", "team", "agent", "authorKind", "category", "severity", "sizeBucket", "from", "to"];

/** Few at a time, so that something passes. */
const filtersArbitrary = fc
  .tuple(allFilters, fc.subarray(FILTERS, { maxLength: 2 }))
  .map(([all, names]): ListFilters => Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))));

const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const flag = rarely(fc.constantFrom("true", "false"));

const pullQueryArbitrary = fc.record({
  filters: filtersArbitrary,
  rolledBack: flag,
  counted: flag,
  window: rarely(fc.constantFrom("24h", "7d")),
  sign: rarely(fc.constantFrom("revert", "hotfix")),
  within: rarely(fc.constantFrom("0.5", "24", "200")),
  q: rarely(fc.constantFrom("FIX", "fix the", "ärger", "0%", "_", "#3", "12", "x the API", "the api", "nowhere")),
  sort: fc.constantFrom(...PULL_REQUEST_SORTS),
  limit: fc.integer({ min: 1, max: 20 }).map(String),
});

const verdictQueryArbitrary = fc.record({
  filters: filtersArbitrary,
  by: fc.constantFrom("revert", "merge"),
  kind: some(REVERT_KINDS),
  sort: fc.constantFrom(...ROLLBACK_SORTS),
  limit: fc.integer({ min: 1, max: 9 }).map(String),
});

async function clear(): Promise<void> {
  for (const table of [
    sql`fact_pull_request`,
    sql`fact_pull_request_detail`,
    sql`fact_pull_request_course`,
    sql`fact_rollback`,
  ]) {
    await execute(sql`delete from ${table}`);
  }
}

function repoAt(index: number): ListedRepo {
  const repo = repos[index];
  if (repo === undefined) throw new Error("There are four repositories");
  return repo;
}

async function writePulls(inputs: (typeof pullArbitrary extends fc.Arbitrary<infer Value> ? Value : never)[]) {
  const numbers = new Map<number, number>();
  const pulls = inputs.map(({ repo: index, team, ...input }): ListedPull => {
    const repo = repoAt(index);
    const number = (numbers.get(repo.id) ?? 0) + 1;
    numbers.set(repo.id, number);
    const owner = teams[repo.org]?.[team];
    return { ...input, repo, number, team: owner?.slug ?? "unassigned", teamId: owner?.id ?? null, agentLines: null };
  });
  for (const repo of repos) {
    const own = pulls.filter((pull) => pull.repo === repo);
    const facts = own.map((pull) => ({ ...pull, course: { reverted_seconds: pull.rollbackSeconds } }));
    await insertFacts(repo.orgId, repo.id, facts);
    await execute(sql`update fact_pull_request_detail d set title = t.title
      from unnest(${own.map(({ number }) => number)}::int[], ${own.map(({ title }) => title)}::text[]) as t(number, title)
      where d.repo_id = ${repo.id} and d.number = t.number`);
  }
  return pulls;
}

async function writeVerdicts(inputs: (typeof verdictArbitrary extends fc.Arbitrary<infer Value> ? Value : never)[]) {
  const verdicts = inputs.map(
    ({ repo, ...input }, index): ListedVerdict => ({
      ...input,
      repo: repoAt(repo),
      revertKey: `sha:${index % 7}-${index}`,
      revertNumber: null,
    }),
  );
  for (const { repo, ...verdict } of verdicts) await insertVerdicts(repo.orgId, repo.id, [verdict]);
  return verdicts;
}

/** Every page of a list; each one says the same total. */
async function walk<Query extends { cursor?: string | undefined }, Item extends { id: string }>(
  query: Query,
  readPage: (query: Query) => Promise<Page<Item>>,
): Promise<{ ids: string[]; totals: number[] }> {
  const ids: string[] = [];
  const totals = new Set<number>();
  let cursor: string | null | undefined;
  do {
    const page: Page<Item> = await readPage({ ...query, cursor });
    ids.push(...page.items.map(({ id }) => id));
    totals.add(page.total);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { ids, totals: [...totals] };
}

const scope = SYSTEM_SCOPE;

it("pages put together are the naive filter and sort over every pull request and verdict, whatever was there before", async () => {
  await fc.assert(
    fc.asyncProperty(
      fleetArbitrary,
      fc.array(pullQueryArbitrary, { minLength: 12, maxLength: 12 }),
      fc.array(verdictQueryArbitrary, { minLength: 8, maxLength: 8 }),
      async (fleet, pullQueries, verdictQueries) => {
        await clear();
        const pulls = await writePulls(fleet.pulls);
        const verdicts = await writeVerdicts(fleet.verdicts);
        for (const { filters, ...rest } of pullQueries) {
          const query = pullRequestListSchema.parse({ ...filters, ...rest });
          const expected = expectedPulls(pulls, filters, query);
          const { ids, totals } = await walk(query, (page) => listPullRequests(scope, page));
          expect(ids).toEqual(expected);
          expect(totals).toEqual([expected.length]);
        }
        for (const { filters, ...rest } of verdictQueries) {
          const query = rollbackListSchema.parse({ ...filters, ...rest });
          const expected = expectedVerdicts(verdicts, pulls, filters, query);
          const { ids, totals } = await walk(query, (page) => listRollbacks(scope, page));
          expect(ids).toEqual(expected);
          expect(totals).toEqual([expected.length]);
        }
      },
    ),
    { numRuns: 15 },
  );
});
