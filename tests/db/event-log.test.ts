import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { commitSubject, type FleetEvent, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { ensureOrganization } from "@/lib/settings/organizations";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const append = (batches: Iterable<FleetEvent[]>) => withTransaction((client) => appendEvents(client, batches));

let organizations = 0;
async function newOrganization(): Promise<number> {
  organizations += 1;
  return (await ensureOrganization({ slug: `log-${organizations}` })).id;
}

const SHA = "0123456789abcdef0123456789abcdef01234567";
const at = (index: number): string => new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
const person = { type: "user", id: "7", login: "ada", name: 'Ada "tab\t" \\N', email: null } as const;

/** A merged pull request, which the line and activity both hear of. */
const merged = (orgId: number, index: number, title = `Thing ${index}`, id = `test:${index}`): FleetEvent => ({
  id,
  orgId,
  source: "test",
  kind: "pull_request.merged",
  repo: "app",
  subject: pullRequestSubject("app", index),
  occurredAt: at(index),
  actor: index % 2 === 0 ? person : null,
  payload: {
    number: index,
    title,
    body: "one\r\n\ttwo \\ three",
    author: null,
    headRef: null,
    headSha: null,
    baseRef: "main",
    labels: [],
    taskType: null,
    mergeKind: "squash",
    mergedAt: at(index),
    mergeSha: SHA,
    landedShas: [SHA],
    mergedBy: null,
    url: null,
  },
});

/** Something that only activity hears of, outside of any repository. */
const cost = (orgId: number, index: number): FleetEvent => ({
  id: `cost:${index}`,
  orgId,
  source: "test",
  kind: "cost.incurred",
  repo: null,
  subject: commitSubject("none", SHA),
  occurredAt: at(index),
  actor: null,
  payload: { provider: "p", agent: null, team: null, item: "api", amountMinor: "1", currency: "EUR" },
});

const range = <One>(count: number, make: (index: number) => One): One[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** The log without what differs from one writing to the next. */
const logOf = (orgId: number) =>
  query<{ id: string }>(
    sql`select id, source, kind, repo, subject, occurred_at, actor, payload from event where org_id = ${orgId} order by id`,
  );

async function requestsOf(
  orgId: number,
): Promise<{ line: string[]; around: string[]; whole: number; sizes: number[] }> {
  const lines = await query<{ whole: boolean; event_ids: string[] }>(
    sql`select whole, event_ids from projection_request where org_id = ${orgId}`,
  );
  const around = await query<{ event_ids: string[] }>(
    sql`select event_ids from activity_request where org_id = ${orgId} order by id`,
  );
  return {
    line: lines.flatMap(({ event_ids }) => event_ids).sort(),
    around: around.flatMap(({ event_ids }) => event_ids).sort(),
    whole: lines.filter(({ whole }) => whole).length,
    sizes: [...lines, ...around].map(({ event_ids }) => event_ids.length),
  };
}

const idsOf = (events: readonly FleetEvent[]): string[] => events.map(({ id }) => id).sort();

describe("the log", () => {
  it("holds the same whether events come one by one or by the thousand", async () => {
    const one = await newOrganization();
    const many = await newOrganization();
    for (const event of range(30, (index) => merged(one, index))) await append([[event]]);
    // The others make it a long append.
    await append([range(30, (index) => merged(many, index)), range(600, (index) => cost(many, index))]);
    const first = await logOf(one);
    expect(first).toHaveLength(30);
    expect((await logOf(many)).filter(({ id }) => id.startsWith("test:"))).toEqual(first);
    expect((await requestsOf(many)).line).toEqual((await requestsOf(one)).line);
  });

  it("leaves what it knows and asks for what is new alone, in a long append as in a short one", async () => {
    const orgId = await newOrganization();
    const known = range(40, (index) => merged(orgId, index * 3, "as it was"));
    await append([known]);
    const before = await requestsOf(orgId);
    const repeated = range(900, (index) => merged(orgId, index));
    const events = [...repeated, ...repeated.slice(0, 50), ...range(900, (index) => cost(orgId, index))];
    expect(await append([events])).toEqual({ received: 1850, added: 860 + 900 });
    const stored = await query<{ n: number }>(
      sql`select count(*) as n from event where org_id = ${orgId} and payload->>'title' = 'as it was'`,
    );
    expect(stored).toEqual([{ n: 40 }]);
    const after = await requestsOf(orgId);
    expect(after.line).toEqual(idsOf(repeated));
    expect(after.around).toEqual([...idsOf(repeated), ...idsOf(range(900, (index) => cost(orgId, index)))].sort());
    expect(before.line).toEqual(idsOf(known));
    expect(await append([events])).toEqual({ received: 1850, added: 0 });
    expect(await requestsOf(orgId)).toEqual(after);
  });

  it("knows some of a later portion only", async () => {
    const orgId = await newOrganization();
    await append([[merged(orgId, 5_900, "as it was"), merged(orgId, 8)]]);
    const events = range(6_000, (index) => (index === 8 ? cost(orgId, 8) : merged(orgId, index)));
    expect(await append([events])).toEqual({ received: 6_000, added: 5_999 });
    expect(await logOf(orgId)).toHaveLength(6_001);
  });

  it("asks for the whole of a repository that many events are about, and names activity in portions", async () => {
    const orgId = await newOrganization();
    const events = range(11_000, (index) => merged(orgId, index));
    await append([events.slice(0, 10_000), events.slice(10_000)]);
    const { around, sizes, whole } = await requestsOf(orgId);
    expect(whole).toBe(1);
    expect(around).toEqual(idsOf(events));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000);
  });

  it("asks by the id that it keeps where an event has one that a database cannot hold", async () => {
    const orgId = await newOrganization();
    const odd = (index: number) => merged(orgId, index, "odd", `odd:\0:${index}`);
    await append([[odd(1)]]);
    const others = range(600, (index) => odd(index + 1));
    await append([[odd(1), ...others]]);
    const log = await logOf(orgId);
    expect(log).toHaveLength(601);
    expect((await requestsOf(orgId)).line).toEqual(log.map(({ id }) => id).sort());
  });

  it("keeps nothing of a source that breaks off, and the connection goes on", async () => {
    const orgId = await newOrganization();
    function* broken() {
      yield range(6_000, (index) => merged(orgId, index));
      throw new Error("the source broke off");
    }
    await expect(append(broken())).rejects.toThrow("the source broke off");
    expect(await logOf(orgId)).toEqual([]);
    expect(await requestsOf(orgId)).toEqual({ line: [], around: [], whole: 0, sizes: [] });
    expect(await append([[merged(orgId, 1)]])).toEqual({ received: 1, added: 1 });
  });

  it("takes two appends of the same events at once as one", async () => {
    const orgId = await newOrganization();
    const events = range(800, (index) => merged(orgId, index));
    const results = await Promise.all([append([events]), append([events])]);
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(800);
    expect((await requestsOf(orgId)).line).toEqual(idsOf(events));
  });
});
