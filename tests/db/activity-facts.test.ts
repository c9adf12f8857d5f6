import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { getPool } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity, rebuildActivity } from "@/lib/facts/activity/project-activity";
import { digestActivity, verifyActivity } from "@/lib/facts/activity/verify-activity";
import { writeActivityFacts } from "@/lib/facts/activity/write-activity-facts";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { ActivityFactory, BOT, CLAUDE, person } from "@/tests/factories/activity";
import { CLAUDE_TRAILER } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let organizations = 0;
async function newOrganization(timeZone = "UTC"): Promise<number> {
  organizations += 1;
  return (await ensureOrganization({ slug: `org-${organizations}`, timeZone })).id;
}

const write = (...batches: FleetEvent[][]) => withTransaction((client) => writeActivityFacts(client, batches));
const append = (events: FleetEvent[]) => withTransaction((client) => appendEvents(client, [events]));
const deliver = async (events: FleetEvent[]): Promise<void> => {
  await append(events);
  await projectPendingActivity();
};
const closedOf = (orgId: number) =>
  query(sql`select number, closed_at, agent_mask, author_kind, category, confidence, team_id
    from fact_closed_pull_request where org_id = ${orgId} order by number`);

describe("writeActivityFacts", () => {
  it("makes one row per thing and says how many it wrote", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    const events = [
      make.review(7, "a", "2026-03-02T10:00:00Z"),
      make.review(7, "b", "2026-03-02T11:00:00Z", BOT),
      make.ciRun("x", "2026-03-02T09:30:00Z", null),
      make.deployment("d", "2026-03-03T09:00:00Z", [7, 8]),
      make.deployment("e", "2026-03-03T10:00:00Z", [], null),
      make.defect("BUG-1", "2026-03-04T09:00:00Z", 7),
      make.defect("BUG-2", "2026-03-04T10:00:00Z"),
    ];
    expect(await write(events, events)).toMatchObject({
      fact_review: 2,
      fact_ci_run: 1,
      fact_deployment: 2,
      fact_defect: 2,
      fact_cost: 0,
    });
    expect(await write(events)).toMatchObject({ fact_review: 0, fact_ci_run: 0, fact_deployment: 0, fact_defect: 0 });
    expect(
      await query(sql`select number, submitted_at, reviewer_kind, state, comments, reviewer is not null as named,
          id = md5('test:review:a')::uuid as first
        from fact_review where org_id = ${orgId} order by submitted_at`),
    ).toEqual([
      {
        number: 7,
        submitted_at: new Date("2026-03-02T10:00:00Z"),
        reviewer_kind: 1,
        state: 1,
        comments: 2,
        named: true,
        first: true,
      },
      expect.objectContaining({ reviewer_kind: 2, first: false }),
    ]);
    expect(
      await query(sql`select number, check_name, conclusion, seconds from fact_ci_run where org_id = ${orgId}`),
    ).toEqual([{ number: null, check_name: "build", conclusion: 4, seconds: 61 }]);
    expect(
      await query(sql`select repo_id is null as loose, service, status, kind, numbers from fact_deployment
        where org_id = ${orgId} order by finished_at`),
    ).toEqual([
      { loose: false, service: "api", status: 1, kind: 2, numbers: [7, 8] },
      { loose: true, service: "api", status: 1, kind: 2, numbers: [] },
    ]);
    expect(
      await query(sql`select caused_by_number, severity, security, repo_id is null as loose from fact_defect
        where org_id = ${orgId} order by opened_at`),
    ).toEqual([
      { caused_by_number: 7, severity: 2, security: true, loose: false },
      { caused_by_number: null, severity: 2, security: true, loose: true },
    ]);
  });

  it("takes a program that the rules know for a bot, whatever account it uses, and tells people apart by login", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    await write([
      make.review(1, "a", "2026-03-02T10:00:00Z", { ...person("Grace") }),
      make.review(2, "b", "2026-03-02T11:00:00Z", person("grace")),
      make.review(3, "c", "2026-03-02T12:00:00Z", { type: "user", id: null, login: null, name: "Grace", email: null }),
      make.review(4, "d", "2026-03-02T13:00:00Z", { ...CLAUDE, type: "unknown" }),
      make.review(5, "e", "2026-03-02T13:00:00Z", person("grace"), null),
    ]);
    const rows = await query<{ reviewer: number | null; reviewer_kind: number }>(
      sql`select reviewer::text, reviewer_kind from fact_review where org_id = ${orgId} order by number`,
    );
    expect(rows.map(({ reviewer_kind }) => reviewer_kind)).toEqual([1, 1, 1, 2]);
    expect(rows[0]?.reviewer).toBe(rows[1]?.reviewer);
    expect(rows[2]?.reviewer).toBeNull();
  });

  it("folds an incident from its opening and its resolution in any order", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    const stored = () =>
      query(sql`select incident, opened_at, resolved_at, severity, service, caused_by_number, repo_id is null as loose
        from fact_incident where org_id = ${orgId}`);
    await write([make.incidentResolved("INC-1", "2026-03-02T12:00:00Z")]);
    expect(await stored()).toMatchObject([{ opened_at: null, severity: null, service: null, loose: true }]);
    await write([make.incidentOpened("INC-1", "2026-03-02T10:30:00Z", { id: ":late", causedBy: null })]);
    await write([make.incidentResolved("INC-1", "2026-03-02T11:00:00Z", { id: ":early" })]);
    await write([make.incidentOpened("INC-1", "2026-03-02T10:00:00Z")]);
    expect(await stored()).toEqual([
      {
        incident: "INC-1",
        opened_at: new Date("2026-03-02T10:00:00Z"),
        resolved_at: new Date("2026-03-02T12:00:00Z"),
        severity: 2,
        service: "api",
        caused_by_number: 1,
        loose: false,
      },
    ]);
  });

  it("adds costs to the day of the organisation's calendar, once each, without an agent or a team too", async () => {
    const orgId = await newOrganization("America/New_York");
    const make = new ActivityFactory(orgId);
    const first = [
      make.cost("a", "2026-03-03T02:00:00Z", "125"),
      make.cost("b", "2026-03-02T15:00:00Z", "75"),
      make.cost("c", "2026-03-03T06:00:00Z", "999999999999999", { agent: null, team: null }),
    ];
    await write(first);
    await write(first, [make.cost("d", "2026-03-03T06:00:00Z", "-1", { agent: null, team: null })]);
    expect(
      await query(sql`select day, agent_code, team_id > 0 as teamed, entries, amount_minor from rollup_cost_day
        where org_id = ${orgId} order by day`),
    ).toEqual([
      { day: "2026-03-02", agent_code: 0, teamed: true, entries: 2, amount_minor: 200 },
      { day: "2026-03-03", agent_code: -1, teamed: false, entries: 2, amount_minor: 999_999_999_999_998 },
    ]);
    expect(await query(sql`select count(*) as n from fact_cost where org_id = ${orgId} and team_id is null`)).toEqual([
      { n: 2 },
    ]);
  });

  it("leaves nothing behind and the connection usable when its source breaks off", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    function* broken(): Generator<FleetEvent[]> {
      yield Array.from({ length: 20_000 }, (_, index) => make.ciRun(`${index}`, "2026-03-02T09:30:00Z"));
      throw new Error("the disk is gone");
    }
    await expect(withTransaction((client) => writeActivityFacts(client, broken()))).rejects.toThrow("the disk is gone");
    expect(await query(sql`select count(*) as n from fact_ci_run where org_id = ${orgId}`)).toEqual([{ n: 0 }]);
    await withTransaction(async (client) => {
      await writeActivityFacts(client, [[make.ciRun("1", "2026-03-02T09:30:00Z")]]);
      await writeActivityFacts(client, [[make.ciRun("2", "2026-03-02T09:30:00Z")]]);
    });
    expect(await query(sql`select count(*) as n from fact_ci_run where org_id = ${orgId}`)).toEqual([{ n: 2 }]);
  });
});

describe("closed pull requests", () => {
  it("are attributed by what is known of them, and go when a merge becomes known", async () => {
    const orgId = await newOrganization();
    const repoId = await ensureRepository(orgId, "app");
    const teamId = (await ensureTeams(orgId, [{ slug: "payments", name: "Payments" }])).get("payments") ?? 0;
    await setRepositoryOwner({ orgId, repoId, teamId, validFrom: new Date("2026-03-02T00:00:00Z") });
    const make = new ActivityFactory(orgId);
    await deliver([
      make.closed(1, "2026-03-02T10:00:00Z", { title: "perf: faster" }),
      make.closed(2, "2026-03-01T10:00:00Z"),
    ]);
    expect(await closedOf(orgId)).toMatchObject([
      {
        number: 1,
        closed_at: new Date("2026-03-02T10:00:00Z"),
        agent_mask: 0,
        author_kind: 3,
        category: 5,
        team_id: teamId,
      },
      { number: 2, team_id: null },
    ]);
    await deliver([make.opened(1, "2026-03-01T10:00:00Z", { author: CLAUDE })]);
    await deliver([make.commit(2, 0, "2026-03-01T09:00:00Z", `wip\n\n${CLAUDE_TRAILER}`)]);
    expect(await closedOf(orgId)).toMatchObject([
      { number: 1, author_kind: 1, agent_mask: 1 },
      { number: 2, author_kind: 1, agent_mask: 1 },
    ]);
    await deliver([make.closed(1, "2026-03-05T10:00:00Z", { id: ":again" })]);
    expect(await closedOf(orgId)).toMatchObject([{ closed_at: new Date("2026-03-05T10:00:00Z") }, { number: 2 }]);
    await deliver([make.merged(2, "2026-03-06T10:00:00Z"), make.merged(3, "2026-03-06T10:00:00Z")]);
    await deliver([make.closed(3, "2026-03-07T10:00:00Z")]);
    expect(await closedOf(orgId)).toMatchObject([{ number: 1 }]);
    const { mismatches } = await verifyActivity();
    expect(mismatches.filter((mismatch) => mismatch.orgId === orgId)).toEqual([]);
  });

  it("come without a log when all events of one stand in a batch", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    const counts = await write([
      make.closed(1, "2026-03-02T10:00:00Z"),
      make.opened(1, "2026-03-01T10:00:00Z", { author: CLAUDE }),
      make.opened(2, "2026-03-01T10:00:00Z"),
      make.merged(3, "2026-03-01T10:00:00Z"),
    ]);
    expect(counts.fact_closed_pull_request).toBe(1);
    expect(await closedOf(orgId)).toMatchObject([{ number: 1, author_kind: 1 }]);
  });
});

const DAY = (day: number, hour = 9) =>
  `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

/** A few of everything, with several events that fold into the same row. */
function eventful(orgId: number): FleetEvent[] {
  const make = new ActivityFactory(orgId);
  return [
    ...[1, 2, 3, 4].flatMap((number) => [
      make.opened(number, DAY(number), { author: number % 2 === 0 ? CLAUDE : person("ada") }),
      make.commit(number, 0, DAY(number, 8), number === 3 ? `wip\n\n${CLAUDE_TRAILER}` : "wip"),
      make.commit(number, 1, DAY(number, 9)),
      make.review(number, `${number}`, DAY(number, 11)),
      make.ciRun(`${number}`, DAY(number, 12), number),
    ]),
    make.opened(4, DAY(3), { id: ":told earlier" }),
    ...[2, 3, 4].flatMap((number) => [make.ready(number, DAY(5)), make.ready(number, DAY(5, 14))]),
    make.autoMerge(4, DAY(6), true),
    make.autoMerge(4, DAY(6), false, ":same time"),
    make.autoMerge(3, DAY(6), true),
    make.autoMerge(3, DAY(6, 10), false),
    make.queued(4, DAY(6, 12), true),
    make.queued(4, DAY(6, 13), false),
    make.closed(1, DAY(6)),
    make.closed(2, DAY(6)),
    make.closed(2, DAY(8), { id: ":again", title: "docs: other words" }),
    make.closed(3, DAY(6)),
    make.closed(4, DAY(6)),
    make.merged(4, DAY(7)),
    make.deployment("1", DAY(7), [4]),
    make.incidentOpened("INC-1", DAY(7, 10)),
    make.incidentOpened("INC-1", DAY(7, 10), { id: ":twin", causedBy: 4 }),
    make.incidentResolved("INC-1", DAY(7, 12)),
    make.incidentResolved("INC-1", DAY(7, 14), { id: ":again" }),
    make.incidentResolved("INC-2", DAY(8)),
    make.defect("BUG-1", DAY(9), 4),
    ...[1, 2, 3, 4, 5].map((index) =>
      make.cost(`${index}`, DAY(1 + (index % 2), 23), `${index * 100}`, index < 4 ? {} : { agent: null, team: null }),
    ),
  ];
}

/** All rows without the ids that differ between organisations. */
async function contentOf(orgId: number): Promise<unknown> {
  const [row] = await query(sql`select
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by id) from fact_review t where org_id = ${orgId}) as reviews,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by id) from fact_ci_run t where org_id = ${orgId}) as runs,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by id) from fact_deployment t where org_id = ${orgId})
      as deployments,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by id) from fact_incident t where org_id = ${orgId})
      as incidents,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by id) from fact_defect t where org_id = ${orgId}) as defects,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'team_id' order by id) from fact_cost t where org_id = ${orgId}) as costs,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'team_id' order by day, agent_code) from rollup_cost_day t
      where org_id = ${orgId}) as days,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by number) from fact_closed_pull_request t
      where org_id = ${orgId}) as closed,
    (select jsonb_agg(to_jsonb(t) - 'org_id' - 'repo_id' order by number) from fact_pull_request_flow t
      where org_id = ${orgId}) as flow`);
  return row;
}

describe("projection of activity", () => {
  it("gives the same bytes in whatever order, portions and number events arrive, and when made again", async () => {
    const reference = await newOrganization();
    await deliver(eventful(reference));
    const expected = await contentOf(reference);
    expect(
      await query(sql`select number from fact_closed_pull_request where org_id = ${reference} order by number`),
    ).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
    expect(
      await query(sql`select number, opened_at, ready_at, auto_merge, auto_merge_at, queued_at from fact_pull_request_flow
        where org_id = ${reference} and number >= 3 order by number`),
    ).toEqual([
      {
        number: 3,
        opened_at: new Date(DAY(3)),
        ready_at: new Date(DAY(5, 14)),
        auto_merge: false,
        auto_merge_at: new Date(DAY(6, 10)),
        queued_at: null,
      },
      {
        number: 4,
        opened_at: new Date(DAY(3)),
        ready_at: new Date(DAY(5, 14)),
        auto_merge: true,
        auto_merge_at: new Date(DAY(6)),
        queued_at: new Date(DAY(6, 12)),
      },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat({ max: 40 }), { maxLength: 8 }),
        async (numbers, portions, repeated) => {
          const orgId = await newOrganization();
          const events = eventful(orgId);
          const shuffled = [...events, ...repeated.flatMap((index) => events[index] ?? [])]
            .map((event) => ({ event, rank: numbers.next().value }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ event }) => event);
          const size = Math.ceil(shuffled.length / portions);
          for (let start = 0; start < shuffled.length; start += size)
            await deliver(shuffled.slice(start, start + size));
          expect(await contentOf(orgId)).toEqual(expected);
          const increments = await digestActivity(orgId);
          await rebuildActivity();
          expect(await digestActivity(orgId)).toEqual(increments);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("is the same when several processes work at once", async () => {
    const reference = await newOrganization();
    const orgId = await newOrganization();
    for (const event of eventful(orgId)) await append([event]);
    await Promise.all([projectPendingActivity(), projectPendingActivity(), projectPendingActivity()]);
    await deliver(eventful(reference));
    expect(await contentOf(orgId)).toEqual(await contentOf(reference));
    expect(await query(sql`select id from activity_request where org_id = ${orgId}`)).toEqual([]);
  });

  it("makes facts of other rules again, and shows the old ones until the new ones are whole", async () => {
    const orgId = await newOrganization();
    await deliver(eventful(orgId));
    const digest = await digestActivity(orgId);
    await execute(sql`update fact_review set comments = 99 where org_id = ${orgId}`);
    const { mismatches } = await verifyActivity();
    expect(mismatches).toContainEqual({ orgId, repo: null, tables: ["fact_review"] });
    await execute(sql`update activity_state set facts_version = 'old' where org_id = ${orgId}`);
    const changed = await digestActivity(orgId);
    const blocker = await getPool().connect();
    await blocker.query("begin");
    // The rebuild waits for this row when everything else is done.
    await query(sql`select from activity_state where org_id = ${orgId} for update`, blocker);
    const rebuilding = projectPendingActivity();
    const waiting = sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update activity_state%'`;
    await vi.waitFor(async () => expect(await query(waiting)).toHaveLength(1), 20_000);
    expect(await digestActivity(orgId)).toEqual(changed);
    await blocker.query("commit");
    blocker.release();
    await rebuilding;
    expect(await digestActivity(orgId)).toEqual(digest);
  });

  it("keeps facts and requests when an event cannot be written", async () => {
    const orgId = await newOrganization();
    const make = new ActivityFactory(orgId);
    await deliver([make.ciRun("1", DAY(1))]);
    await append([make.ciRun("2", DAY(2)), make.cost("huge", DAY(2), "9".repeat(40))]);
    await expect(projectPendingActivity()).rejects.toThrow(`organisation ${orgId}`);
    expect(await query(sql`select count(*) as n from fact_ci_run where org_id = ${orgId}`)).toEqual([{ n: 1 }]);
    expect(await query(sql`select count(*) as n from activity_request where org_id = ${orgId}`)).toEqual([{ n: 1 }]);
    await execute(sql`delete from event where org_id = ${orgId} and id = 'test:cost:huge'`);
    await projectPendingActivity();
    expect(await query(sql`select count(*) as n from fact_ci_run where org_id = ${orgId}`)).toEqual([{ n: 2 }]);
  });
});
