import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { POST as events } from "@/app/api/v1/events/route";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { enterTokenPrice } from "@/lib/events/costs/token-prices";
import { addUpUsage } from "@/lib/events/telemetry/add-up-usage";
import { decodeLogsJson, decodeMetricsJson } from "@/lib/events/telemetry/decode-json";
import { postUsage } from "@/lib/events/telemetry/post-usage";
import { pruneTelemetry } from "@/lib/events/telemetry/prune-telemetry";
import { takeLogs, takeMetrics } from "@/lib/events/telemetry/take-telemetry";
import { verifyActivity } from "@/lib/facts/activity/verify-activity";
import { projectPending } from "@/lib/facts/project";
import { linkSessions } from "@/lib/facts/sessions/link-sessions";
import { readAgentSessions } from "@/lib/metrics/money/agent-sessions";
import { readAgentUse } from "@/lib/metrics/money/agent-use";
import { agentSessionsSchema, agentUseSchema } from "@/lib/metrics/money/response-schemas";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call } from "@/tests/api/call";
import { callsBody, costsBody, type ToldCost } from "@/tests/factories/otlp-body";
import { useTestDatabase } from "@/tests/setup/test-database";

vi.hoisted(() => {
  process.env.API_REQUESTS_PER_MINUTE = "0";
});
useTestDatabase();

const ALL = { organizations: "all" } as const;
const NOW = new Date("2026-10-20T12:00:00Z");
const day = (n: number, hour = 10, minute = 0) =>
  `2026-10-${String(n).padStart(2, "0")}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`;

let orgId: number;
let slug: string;
let made = 0;
beforeEach(newOrganization);
async function newOrganization(): Promise<void> {
  await execute(sql`truncate telemetry_session cascade`);
  made += 1;
  slug = `acme-${made}`;
  orgId = (await ensureOrganization({ slug, timeZone: "America/New_York" })).id;
}

const tellCalls = async (...told: Parameters<typeof callsBody>) => {
  const outcome = await takeLogs(ALL, slug, decodeLogsJson(callsBody(...told)), NOW);
  expect(outcome.refused).toEqual([]);
  return outcome;
};
const tellCosts = (...told: Parameters<typeof costsBody>) =>
  takeMetrics(ALL, slug, decodeMetricsJson(costsBody(...told)), NOW);

/** What stands in the books, by day. */
async function books() {
  await addUpUsage(NOW);
  await postUsage(NOW);
  await projectPending();
  return query<{ day: string; provider: string; basis: number; team: string | null; minor: string }>(
    sql`select c.day::text as day, c.provider, c.basis, t.slug as team, sum(c.amount_minor)::text as minor
      from rollup_cost_day c left join team t on t.id = c.team_id
      where c.org_id = ${orgId} group by c.day, c.provider, c.basis, t.slug having sum(c.amount_minor) <> 0
      order by c.day, c.provider, c.basis, t.slug`,
  );
}
const posted = async () =>
  (
    await query<{ count: number }>(
      sql`select count(*)::integer as count from event where org_id = ${orgId} and kind = 'cost.incurred'`,
    )
  )[0]?.count;

describe("books", () => {
  it("hold what was metered by the day of the organisation, rounded once, and follow what comes late by its difference", async () => {
    await tellCalls([
      { at: day(5, 3), cost: "0.0049" },
      { at: day(5, 15), cost: "0.1234567", session: "a" },
      { at: day(5, 16), cost: "0.0000001", session: "b" },
    ]);
    // 3:00 UTC is the evening before in New York.
    const wanted = [{ day: "2026-10-05", provider: "anthropic", basis: 1, team: null, minor: "12" }];
    expect(await books()).toEqual(wanted);
    expect(await books()).toEqual(wanted);
    expect(await posted()).toBe(1);
    await tellCalls([
      { at: day(5, 17), cost: "0.0015433", session: "late" },
      { at: day(4, 12), cost: "2", session: "x" },
    ]);
    expect(await books()).toEqual([
      { day: "2026-10-04", provider: "anthropic", basis: 1, team: null, minor: "200" },
      { ...wanted[0], minor: "13" },
    ]);
    expect(await posted()).toBe(3);
  });

  it("name the team that is told, or that whoever worked was in, and hold nothing that a subscription covers", async () => {
    await execute(
      sql`insert into team (org_id, slug, name) values (${orgId}, 'payments', 'Payments'), (${orgId}, 'web', 'Web')`,
    );
    const [person] = await query<{ id: string }>(
      sql`insert into person (org_id, name) values (${orgId}, 'Ada') returning id`,
    );
    await execute(sql`insert into person_identity (org_id, identity, person_id, source)
      values (${orgId}, 'email:ada@acme.example', ${person?.id}::bigint, 'entered')`);
    await execute(sql`insert into team_member (org_id, team_id, person_id, valid_from)
      select ${orgId}, id, ${person?.id}::bigint, '2026-01-01' from team where org_id = ${orgId} and slug = 'web'`);
    await tellCalls([{ at: day(6), cost: "1", session: "told" }], { "team.id": "Payments" });
    await tellCalls([{ at: day(6), cost: "2", session: "member", attributes: { "user.email": "Ada@acme.example" } }]);
    await tellCalls([{ at: day(6), cost: "4", session: "nobody", attributes: { "user.email": "x@acme.example" } }]);
    await tellCalls([{ at: day(6), cost: "8", session: "flat" }], { paid_by: "subscription" });
    await tellCalls([{ at: day(6), cost: "16", session: "bedrock" }], { provider: "AWS Bedrock" });
    expect(await books()).toEqual([
      { day: "2026-10-06", provider: "anthropic", basis: 1, team: "payments", minor: "100" },
      { day: "2026-10-06", provider: "anthropic", basis: 1, team: "web", minor: "200" },
      { day: "2026-10-06", provider: "anthropic", basis: 1, team: null, minor: "400" },
      { day: "2026-10-06", provider: "aws bedrock", basis: 1, team: null, minor: "1600" },
    ]);
  });

  it("estimate tokens without a price of their own once the price list has one, and metered stays as it is", async () => {
    const codex = {
      "event.name": "codex.sse_event",
      "conversation.id": "c",
      model: "gpt-6",
      input_token_count: 3_000_000,
      cached_token_count: 1_000_000,
      output_token_count: 500_000,
    };
    await tellCalls([{ at: day(7), cost: "1.5" }]);
    await tellCalls([{ at: day(7), attributes: codex }], { "service.name": "codex_cli_rs" });
    const metered = { day: "2026-10-07", provider: "anthropic", basis: 1, team: null, minor: "150" };
    expect(await books()).toEqual([metered]);
    await enterTokenPrice(
      ALL,
      {
        org: slug,
        model: "GPT-6",
        validFrom: "2026-01-01",
        currency: "USD",
        input: "2",
        output: "8",
        cacheRead: "0.5",
        cacheWrite: null,
        why: "list",
      },
      "test",
    );
    const estimated = { day: "2026-10-07", provider: "openai", basis: 2, team: null, minor: "850" };
    expect(await books()).toEqual([metered, estimated]);
    await tellCalls(
      [
        {
          at: day(7, 11),
          attributes: { ...codex, input_token_count: 0, cached_token_count: 0, output_token_count: 1_000_000 },
        },
      ],
      {
        "service.name": "codex_cli_rs",
      },
    );
    expect(await books()).toEqual([metered, { ...estimated, minor: "1650" }]);
  });
});

describe("sums", () => {
  /** The long form: `TELEMETRY_POINTS=1000000 npx vitest run tests/db/telemetry.test.ts -t exact`. */
  const POINTS = Number(process.env.TELEMETRY_POINTS ?? 20_000);
  const PORTION = POINTS / 40;

  it(`of ${POINTS} points are exact to the last digit, whatever comes twice, late, at once or in pieces`, async () => {
    const points = Array.from(
      { length: POINTS },
      (_, index): ToldCost => ({
        at: day(8 + (index % 5), 10, index % 60),
        from: day(8, 9),
        value: `${(index * 7919) % 1000}.${String((index * 104_729) % 1_000_000_000).padStart(9, "0")}`,
        attributes: { "session.id": `s${index % 97}`, model: `m${index % 3}`, query_source: `q${index}` },
      }),
    );
    const wanted = points.reduce((sum, { value }) => sum + BigInt(String(value).replace(".", "")), 0n);
    const portions = Array.from({ length: 40 }, (_, index) => points.slice(index * PORTION, (index + 1) * PORTION));
    const order =
      fc.sample(fc.shuffledSubarray([...portions, ...portions.slice(0, 10)], { minLength: 50 }), {
        numRuns: 1,
        seed: 3,
      })[0] ?? [];
    const outcomes = { taken: 0, repeated: 0 };
    for (let index = 0; index < order.length; index += 5) {
      const together = order.slice(index, index + 5).map((portion) => tellCosts(portion));
      const [told] = await Promise.all([Promise.all(together), addUpUsage(NOW)]);
      for (const { refused, repeated, taken } of told) {
        expect(refused).toEqual([]);
        outcomes.taken += taken;
        outcomes.repeated += repeated;
      }
    }
    expect(outcomes).toEqual({ taken: POINTS, repeated: 10 * PORTION });
    await addUpUsage(NOW);
    const [row] = await query<{ nanos: string; sessions: number }>(
      sql`select trim_scale(sum(cost) * 1000000000)::text as nanos, count(distinct session_id)::integer as sessions from telemetry_usage`,
    );
    expect(row).toEqual({ nanos: String(wanted), sessions: 97 });
  }, 600_000);

  it("stay when single points are removed, and a counter goes on from where it stood", async () => {
    const attributes = { "session.id": "long", model: "m" };
    const cumulative = { temporality: 2 as const };
    const told = (n: number, value: number): ToldCost => ({ at: day(n), from: day(1), value, attributes });
    await tellCosts([told(1, 5), told(2, 7)], cumulative);
    await tellCalls([{ at: day(2), cost: "3", session: "called" }]);
    await addUpUsage(NOW);
    const later = new Date("2026-12-20T12:00:00Z");
    const sums = () =>
      query<{ day: string; cost: string }>(
        sql`select day::text as day, trim_scale(sum(cost))::text as cost from telemetry_usage group by day order by day`,
      );
    const before = [
      { day: "2026-10-01", cost: "5" },
      { day: "2026-10-02", cost: "5" },
    ];
    expect(await sums()).toEqual(before);
    const [late] = await query<{ id: string }>(sql`select id from telemetry_series`);
    await execute(
      sql`insert into telemetry_point values (${late?.id}::bigint, ${`${Date.parse("2026-12-19T10:00:00Z")}000000`}::bigint,
        ${`${Date.parse(day(1))}000000`}::bigint, 11)`,
    );
    expect(await pruneTelemetry(later)).toBe(2);
    expect(await pruneTelemetry(later)).toBe(0);
    await execute(sql`update telemetry_session set pending = true`);
    await addUpUsage(later);
    expect(await sums()).toEqual([...before, { day: "2026-12-19", cost: "4" }]);
  });
});

describe("pull requests", () => {
  const sha = (n: number) => n.toString(16).padStart(40, "b");
  const merged = (number: number, at: string, more: object = {}) => ({
    kind: "pull_request",
    id: `${number}`,
    at,
    repository: `${slug}/billing`,
    number,
    state: "merged",
    title: `Change ${number}`,
    author: "claude[bot]",
    mergeSha: sha(1000 + number),
    ...more,
  });
  const commit = (n: number, at: string, message = `Do it\n\nCo-Authored-By: Claude <noreply@anthropic.com>`) => ({
    sha: sha(n),
    message,
    author: { name: "Ada", email: "ada@acme.example", at },
  });
  const tellEvents = async (...body: object[]) => {
    const answer = (await (await call(events, "/", { body })).json()) as { refused: number; items: unknown };
    expect(answer, JSON.stringify(answer.items)).toMatchObject({ refused: 0 });
    await projectPending();
  };
  const links = async () => {
    await linkSessions(NOW);
    return query<{ session: string; number: number; confidence: string; how: string }>(
      sql`select s.name as session, l.number, l.confidence, l.how from telemetry_link l
          join telemetry_session s on s.id = l.session_id where l.org_id = ${orgId} order by s.name, l.number`,
    );
  };
  const repo = () => ({ repository: `https://github.com/${slug}/billing.git` });

  const story: Record<string, () => Promise<unknown>> = {
    requests: () =>
      tellEvents(
        merged(1, day(10), { commits: [commit(1, day(10, 9))] }),
        merged(2, day(11), {
          branch: "agent/two",
          commits: [commit(2, day(11, 9), "Two\n\nClaude-Session: https://claude.ai/code/session_two")],
        }),
        merged(3, day(12), { branch: "agent/three" }),
        merged(4, day(13), { branch: "agent/three" }),
        merged(5, day(14), { commits: [commit(5, day(14, 9, 30))] }),
        {
          kind: "agent_run",
          id: "run",
          at: day(15),
          repository: `${slug}/billing`,
          pullRequest: 5,
          agent: "claude_code",
          session: "run",
          outcome: "success",
        },
      ),
    commit: () => tellCalls([{ at: day(10, 9), cost: "1", session: "commit", attributes: { git_commit_id: sha(1) } }]),
    trailer: () => tellCalls([{ at: day(11, 9), cost: "1", session: "session_two" }]),
    branch: () => tellCalls([{ at: day(12, 11), cost: "1", session: "branch" }], { ...repo(), branch: "agent/three" }),
    time: () => tellCalls([{ at: day(14, 9, 25), cost: "1", session: "time" }], repo()),
    run: () => tellCalls([{ at: day(14, 1), cost: "1", session: "run" }], { ...repo(), branch: "agent/two" }),
    none: () =>
      tellCalls([{ at: day(16), cost: "1", session: "none" }], { repository: "elsewhere/other", branch: "agent/two" }),
  };
  const wanted = [
    { session: "branch", number: 4, confidence: "strong", how: "branch" },
    { session: "commit", number: 1, confidence: "certain", how: "commit" },
    { session: "run", number: 5, confidence: "certain", how: "run" },
    { session: "session_two", number: 2, confidence: "strong", how: "trailer" },
    { session: "time", number: 5, confidence: "weak", how: "time" },
  ];

  it("are found by what is told of a run, commits, trailers, branches and times, whatever comes first", async () => {
    const names = Object.keys(story);
    for (const order of fc.sample(fc.shuffledSubarray(names, { minLength: names.length }), { numRuns: 3, seed: 5 })) {
      await newOrganization();
      for (const name of order) {
        await story[name]?.();
        await linkSessions(NOW);
      }
      expect(await links()).toEqual(wanted);
      expect(await linkSessions(NOW)).toBe(0);
    }
    expect(await verifyActivity()).toMatchObject({ mismatches: [] });
  });

  it("show what their sessions cost, shared by those that a session worked on", async () => {
    await story.requests?.();
    await tellEvents(
      ...[1, 2].map((number) => ({
        kind: "agent_run",
        id: `both-${number}`,
        at: day(15),
        repository: `${slug}/billing`,
        pullRequest: number,
        agent: "claude_code",
        session: "both",
        outcome: "success",
      })),
    );
    const tokens = { input_tokens: 10, output_tokens: 20, cache_read_tokens: 30, cache_creation_tokens: 40 };
    await tellCalls([{ at: day(9), cost: "0.5000000003", session: "both", attributes: tokens }]);
    await tellCalls([{ at: day(10, 8), cost: "2", session: "flat", attributes: { git_commit_id: sha(1) } }], {
      paid_by: "subscription",
    });
    await tellCalls([{ at: day(11), cost: "4", session: "else" }]);
    await addUpUsage(NOW);
    await linkSessions(NOW);
    const [repo] = await query<{ id: number }>(sql`select id from repository where org_id = ${orgId}`);
    const sessions = await readAgentSessions(SYSTEM_SCOPE, `${repo?.id}-1`);
    expect(agentSessionsSchema.parse({ items: sessions }).items).toMatchObject([
      { agent: "claude_code", session: "flat", how: "commit", isSubscription: true, sharedBy: 1, costUsd: "2" },
      {
        agent: "claude_code",
        session: "both",
        confidence: "certain",
        how: "run",
        isSubscription: false,
        models: ["claude-sonnet-5"],
        input: 10,
        output: 20,
        cached: 70,
        sharedBy: 2,
        costUsd: "0.25",
      },
    ]);
    const asked = { from: day(1), to: day(20), filters: { org: [slug] } };
    expect(agentUseSchema.parse(await readAgentUse(SYSTEM_SCOPE, asked))).toMatchObject({
      items: [
        {
          agent: "claude_code",
          model: "claude-sonnet-5",
          sessions: 3,
          costUsd: "6.5000000003",
          subscriptionUsd: "2",
          input: 10,
        },
      ],
      linked: expect.arrayContaining([
        { confidence: "certain", sessions: 2, costUsd: "2.5000000003" },
        { confidence: "none", sessions: 1, costUsd: "4" },
      ]),
      pullRequests: 2,
    });
    expect((await readAgentUse(SYSTEM_SCOPE, { ...asked, to: day(10, 4) })).items).toMatchObject([
      { costUsd: "0.5000000003" },
    ]);
    const blind = mintScope({ ...SYSTEM_SCOPE, moneyFields: false });
    expect(await readAgentSessions(blind, `${repo?.id}-1`)).toEqual([]);
    expect(await readAgentUse(blind, asked)).toMatchObject({ items: [], linked: [], pullRequests: 0 });
  });
});
