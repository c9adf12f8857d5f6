import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import {
  AUTHOR_KIND_CODE,
  AUTHOR_KINDS,
  CATEGORIES,
  CATEGORY_CODE,
  CONFIDENCES,
  type Dimension,
  EXCLUSION_CODE,
  EXCLUSIONS,
} from "@/lib/core/dimensions";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { PULL_REQUEST_DIMENSIONS } from "@/lib/metrics/definitions/pull-request-dimensions";
import { runMetricsQuery } from "@/lib/metrics/query";
import { listPullRequestMetrics } from "@/lib/metrics/registry";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";
import { findWithPercentiles, LINE_PERCENTILES, type OracleFact, oracle } from "./metrics-oracle";

useTestDatabase();

/** What holds agents against people is counted another way: `audit-factor.test.ts`. */
const REGISTERED = listPullRequestMetrics().flatMap(({ id, unit }) =>
  // Their own tests count them a second way: audit-factor, people-metrics.
  unit === "times" || unit === "per_engineer_week" || unit === "developers" ? [] : id,
);
const METRICS = [...REGISTERED, ...Object.keys(LINE_PERCENTILES)];
const GROUPABLE = PULL_REQUEST_DIMENSIONS;
const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-05T09:00:00Z");

/** What a step of a history does: lands work of some kind, or takes back (or lands again) what an earlier step landed. */
const stepArbitrary = fc.record({
  kind: fc.constantFrom("agent", "assisted", "human", "docs", "bot", "direct", "undo", "undo"),
  hours: fc.integer({ min: 0, max: 90 }),
  target: fc.nat(30),
  file: fc.constantFrom("src/a.ts", "src/b.ts", "docs/guide.md", "tests/a.test.ts"),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes the steps as a repository's history; the same steps give the same events but for their organisation. */
function historyOf(orgId: number, repo: string, steps: readonly Step[]): FleetEvent[] {
  const history = new HistoryFactory(orgId, repo);
  const landed: { sha: string; title: string; number: number | undefined }[] = [];
  let at = START;
  steps.forEach(({ file, hours, kind, target }, index) => {
    at += hours * 3_600_000 + 60_000;
    const number = kind === "direct" ? undefined : index + 1;
    const landing = { at: new Date(at).toISOString(), ...(number === undefined ? {} : { number }) };
    const earlier = landed[target % Math.max(landed.length, 1)];
    if (kind === "undo" && earlier !== undefined) {
      const cited = earlier.number === undefined ? "" : ` (#${earlier.number})`;
      const title = `Revert "${earlier.title}${cited}"`;
      const sha = history.undo(earlier.sha, { ...landing, title, body: `This reverts commit ${earlier.sha}.` });
      landed.push({ sha, title, number });
      return;
    }
    const title = kind === "docs" ? `docs: explain ${index}` : `feat: step ${index}`;
    const own =
      kind === "agent"
        ? [`${title}\n\n${CLAUDE_TRAILER}`]
        : kind === "assisted"
          ? [`${title}\n\n${CLAUDE_TRAILER}`, "by hand"]
          : [];
    const bot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
    const sha = history.land({ ...landing, title, own, files: [file], ...(kind === "bot" ? { author: bot } : {}) });
    landed.push({ sha, title, number });
  });
  return history.events();
}

interface FactRow {
  repo: string;
  number: number;
  merged_at: Date;
  complete_to: Date;
  author_kind: number;
  confidence: number;
  category: number;
  exclusion: number;
  team: string | null;
  rollback_seconds: number | null;
  effective_lines: number | null;
  agent_lines: number | null;
  agents: string[];
  course: OracleFact["course"];
}

function wordOf<Word extends string>(
  words: readonly Word[],
  codes: Readonly<Record<Word, number>>,
  code: number,
): Word {
  const word = words.find((candidate) => codes[candidate] === code);
  if (word === undefined) throw new Error(`no word has the code ${code}`);
  return word;
}

/** The facts of an organisation as the tables hold them, read as plainly as can be. */
async function readFacts(orgId: number): Promise<OracleFact[]> {
  const rows = await query<FactRow>(
    sql`select o.slug || '/' || r.name as repo, f.number, f.merged_at, h.complete_to, f.author_kind, f.confidence, f.category, f.exclusion,
        t.slug as team, f.rollback_seconds, f.effective_lines, f.agent_lines,
        array(select a.key from agent a where f.agent_mask & (1::bigint << a.code) <> 0) as agents,
        coalesce(to_jsonb(c), '{}') as course
      from fact_pull_request f left join fact_pull_request_course c using (org_id, repo_id, number) join organization o on o.id = f.org_id join repository r on r.id = f.repo_id
      join fact_repository h on h.org_id = f.org_id and h.repo_id = f.repo_id left join team t on t.id = f.team_id
      where f.org_id = ${orgId} order by 1, 2`,
  );
  return rows.map((row) => ({
    repo: row.repo,
    number: row.number,
    mergedAt: row.merged_at.toISOString(),
    completeTo: row.complete_to.toISOString(),
    kind: wordOf(AUTHOR_KINDS, AUTHOR_KIND_CODE, row.author_kind),
    category: wordOf(CATEGORIES, CATEGORY_CODE, row.category),
    exclusion: wordOf(EXCLUSIONS, EXCLUSION_CODE, row.exclusion),
    team: row.team,
    agents: row.agents,
    rollbackSeconds: row.rollback_seconds,
    effectiveLines: row.effective_lines,
    agentLines: row.agent_lines,
    closed: false,
    confidence: CONFIDENCES[row.confidence] ?? "none",
    course: row.course,
  }));
}

/** Asks every metric by a dimension and compares each row with counting the facts one by one. */
async function check(slug: string, facts: readonly OracleFact[], dimension: Dimension | null, grain: "week" | null) {
  const known = metricsQuerySchema.parse({
    metrics: REGISTERED,
    from: new Date(START - DAY_MS).toISOString(),
    to: new Date(START + 400 * DAY_MS).toISOString(),
    timeZone: "Europe/Berlin",
    groupBy: dimension === null ? [] : [dimension],
    filters: { org: [slug] },
    grain,
  });
  // The schema knows the registry alone.
  const asked = { ...known, metrics: METRICS };
  const { results } = await runMetricsQuery(SYSTEM_SCOPE, asked, findWithPercentiles);
  for (const { metric, rows } of results) {
    for (const row of rows) {
      const { excluded, immature, k, n, value } = oracle(facts, asked, metric, row);
      const said = JSON.stringify({ metric, dimension, bucket: row.bucket, group: row.group });
      expect({ n: row.n ?? 0, immature: row.immature, excluded: row.excluded }, said).toEqual({
        n,
        immature,
        excluded,
      });
      const readsNumbers = metric === "ai_share_lines" || metric in LINE_PERCENTILES || k === null;
      if (!readsNumbers) expect(row.k ?? 0, said).toBe(k);
      else if (n > 0) expect(row.value, said).toEqual(value === null ? null : expect.closeTo(value, 9));
    }
  }
  return results;
}

const deliver = (events: FleetEvent[]) => withTransaction((client) => appendEvents(client, [events]));
const to = (events: readonly FleetEvent[], orgId: number) => events.map((event) => ({ ...event, orgId }));

let organizations = 0;
async function newOrganization(): Promise<{ id: number; slug: string }> {
  organizations += 1;
  const slug = `org-${organizations}`;
  return { id: (await ensureOrganization({ slug })).id, slug };
}

describe("answers follow the events", () => {
  it("late, twice and out of order, as if all had come once, in order, and been counted from scratch", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(
          fc.array(stepArbitrary, { minLength: 3, maxLength: 14 }),
          fc.array(stepArbitrary, { minLength: 1, maxLength: 8 }),
        ),
        fc.array(fc.record({ share: fc.nat(99), swap: fc.nat(1000), again: fc.boolean() }), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.constantFrom<Dimension | null>(null, ...GROUPABLE),
        async ([first, second], deliveries, dimension) => {
          const live = await newOrganization();
          const events = [...historyOf(live.id, "api", first), ...historyOf(live.id, "web", second)];
          const waiting = [...events];
          const sent: FleetEvent[] = [];
          for (const { again, share, swap } of deliveries) {
            // Mostly in order, with one from anywhere in between, and at times everything once more.
            const batch = waiting.splice(0, Math.ceil((waiting.length * share) / 100));
            if (waiting.length > 0) batch.unshift(...waiting.splice(swap % waiting.length, 1));
            sent.push(...batch);
            await deliver(again ? [...batch, ...sent] : batch);
            await projectPending();
            await check(live.slug, await readFacts(live.id), dimension, "week");
          }
          await deliver(waiting);
          await projectPending();

          const clean = await newOrganization();
          await deliver(to(events, clean.id));
          await projectPending();
          const renamed = (await readFacts(clean.id)).map((fact) => ({
            ...fact,
            repo: fact.repo.replace(clean.slug, live.slug),
          }));
          const answers = [];
          for (const by of [null, ...GROUPABLE]) answers.push(await check(live.slug, renamed, by, null));
          await rebuildFacts();
          const rebuilt = [];
          for (const by of [null, ...GROUPABLE]) rebuilt.push(await check(live.slug, renamed, by, null));
          expect(rebuilt).toEqual(answers);
        },
      ),
      { numRuns: 12 },
    );
  });
});
