import { beforeAll, describe, expect, it } from "vitest";
import * as rulesRoute from "@/app/api/v1/rules/route";
import { ruleSetOf } from "@/lib/attribution/rules/rule-set";
import { AUTHOR_KIND_CODE, CATEGORY_CODE, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { NO_OWN_RULES, type OwnRules, ownRulesSchema } from "@/lib/core/own-rules";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyActivity } from "@/lib/facts/activity/verify-activity";
import { previewRules } from "@/lib/facts/preview-rules";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { migrateJobs } from "@/lib/jobs/worker";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call, ORIGIN } from "@/tests/api/call";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { ActivityFactory, person } from "@/tests/factories/activity";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const on = (day: number) => `2026-03-${String(day).padStart(2, "0")}T09:00:00Z`;
const coder = { type: "bot" as const, id: null, login: "acme-coder[bot]", name: null, email: null };

let orgId = 0;
let admin: Record<string, string>;
let lead: Record<string, string>;

/** What a source that knows them says of branches and authors. */
function dress(event: FleetEvent): FleetEvent {
  if (event.kind !== "pull_request.merged") return event;
  const more: Record<number, object> = {
    2: { author: coder },
    3: { headRef: "sync/upstream" },
    4: { labels: ["Area: money"] },
  };
  return { ...event, payload: { ...event.payload, ...more[event.payload.number] } };
}

beforeAll(async () => {
  await migrateJobs(database.url);
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  const line = new HistoryFactory(orgId, "app");
  line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  line.land({ title: "Change 1", number: 1, at: on(1), files: ["src/1.ts"], body: CLAUDE_TRAILER });
  line.land({ title: "Change 2", number: 2, at: on(2), files: ["src/2.ts"] });
  line.land({ title: "Change 3", number: 3, at: on(3), files: ["src/3.ts"] });
  line.land({ title: "Change 4", number: 4, at: on(4), files: ["src/4.ts", "client/4.ts"] });
  line.land({ title: "Change 5", number: 5, at: on(5), files: ["ledger/5.ts"] });
  const around = new ActivityFactory(orgId);
  const live = around.deployment("d1", on(6), [1]);
  const deployed = (environment: string, id: string) => ({
    ...around.deployment(id, on(7), [2]),
    payload: { ...live.payload, numbers: [2], environment, sha: "f".repeat(40) },
  });
  const events = [
    ...line.events("2026-03-20T00:00:00Z").map(dress),
    live,
    deployed("customer-eu", "d2"),
    around.review(1, "r1", on(1), person("acme-coder")),
    around.review(1, "r2", on(1), person("grace")),
    around.opened(9, on(8)),
    { ...around.closed(9, on(9)), payload: { ...around.closed(9, on(9)).payload, author: coder } },
  ] as FleetEvent[];
  await withTransaction((client) => appendEvents(client, [events]));
  await projectPending();
  admin = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
  lead = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
});

const facts = async () => {
  const [row] = await query<{ pulls: object[]; live: boolean[]; reviewers: number[]; closed: number }>(
    sql`select (select jsonb_agg(jsonb_build_array(number, author_kind, agent_mask, category, exclusion, effective_lines)
          order by number) from fact_pull_request) as pulls,
        (select jsonb_agg(live order by environment) from fact_deployment) as live,
        (select jsonb_agg(reviewer_kind order by id) from fact_review) as reviewers,
        (select author_kind from fact_closed_pull_request) as closed`,
  );
  return row;
};
const OWN: OwnRules = ownRulesSchema.parse({
  ...NO_OWN_RULES,
  accounts: [{ account: "acme-coder", is: "in_house" }],
  categories: [{ by: "label", value: "area: money", category: "distributed_systems" }],
  sensitivePaths: ["/ledger/"],
  generatedFiles: ["/client/"],
  excludedBranches: [{ where: "head", pattern: "sync/*" }],
  productionEnvironments: ["customer-*"],
});
const save = (body: object, as = admin) =>
  call(rulesRoute.PUT, "/api/v1/rules", { method: "PUT", as, body: { org: "acme", why: "ours", ...body } });
const read = async () =>
  (await call(rulesRoute.GET, "/api/v1/rules?org=acme", { as: admin })).json() as Promise<{
    version: number;
    pending: number;
    versions: { version: number; why: string }[];
  }>;

describe("an organisation's own rules", () => {
  let before: Awaited<ReturnType<typeof facts>>;

  it("tell before what they would change, and change nothing by it", async () => {
    before = await facts();
    const preview = await previewRules(orgId, ruleSetOf(OWN), () => {});
    expect(preview).toMatchObject({
      pullRequests: 5,
      changed: 4,
      closed: 1,
      aspects: { author: 1, agents: 1, category: 2, counted: 1, lines: 1, team: 0 },
      reviews: 1,
      environments: [{ name: "customer-eu", deployments: 1, live: true }],
    });
    expect(preview.moves).toContainEqual({ aspect: "agents", from: "no agent", to: "In-house agent", count: 1 });
    expect(preview.examples.map(({ number }) => number)).toEqual([2, 3, 4, 5]);
    expect(await facts()).toEqual(before);
    expect(await previewRules(orgId, ruleSetOf(null), () => {})).toMatchObject({ changed: 0, closed: 0, reviews: 0 });
  });

  it("are applied to everything that there is, and to nothing else", async () => {
    expect(await (await save({ basedOn: 0, rules: OWN })).json()).toEqual({ version: 1 });
    expect((await read()).pending).toBe(1);
    await projectPending();
    expect((await read()).pending).toBe(0);
    const after = await facts();
    const code = (category: keyof typeof CATEGORY_CODE) => CATEGORY_CODE[category];
    expect(after?.pulls).toEqual([
      [1, AUTHOR_KIND_CODE.assisted, 1, code("unclassified"), 0, 10],
      [2, AUTHOR_KIND_CODE.agent, 2 ** 27, code("unclassified"), 0, 10],
      [3, AUTHOR_KIND_CODE.human, 0, code("unclassified"), EXCLUSION_CODE.branch, 10],
      [4, AUTHOR_KIND_CODE.human, 0, code("distributed_systems"), 0, 10],
      [5, AUTHOR_KIND_CODE.human, 0, code("security_critical"), 0, 10],
    ]);
    expect(after?.live).toEqual([true, true]);
    expect(before?.live).toEqual([false, true]);
    expect(after?.reviewers).not.toEqual(before?.reviewers);
    expect(after?.closed).not.toBe(before?.closed);
    const [deployed] = await query<{ numbers: number[] }>(
      sql`select array_agg(number order by number) as numbers from fact_pull_request_deployment`,
    );
    expect(deployed?.numbers).toEqual([1, 2]);
  });

  it("hold for a rebuild and what verify works out", async () => {
    const after = await facts();
    expect(await verifyFacts()).toMatchObject({ mismatches: [] });
    expect(await verifyActivity()).toMatchObject({ mismatches: [] });
    await rebuildFacts();
    expect(await facts()).toEqual(after);
  });

  it("keep every version, and the one before can be taken up again", async () => {
    expect((await save({ basedOn: 0, rules: NO_OWN_RULES })).status).toBe(409);
    expect((await save({ basedOn: 1, rules: OWN })).status).toBe(422);
    expect(await (await save({ basedOn: 1, rules: NO_OWN_RULES, why: "they were wrong" })).json()).toEqual({
      version: 2,
    });
    await projectPending();
    expect(await facts()).toEqual(before);
    const { version, versions } = await read();
    expect([version, versions.map(({ why }) => why)]).toEqual([2, ["they were wrong", "ours"]]);
  });

  it("are refused with the field that is wrong, and are an administrator's", async () => {
    const named = await save({
      basedOn: 2,
      rules: { ...NO_OWN_RULES, branches: [{ prefix: "x/", agent: "nobody" }] },
    });
    expect([named.status, (await named.json()).pointer]).toEqual([422, "/rules/branches/0/agent"]);
    const spelt = await save({ basedOn: 2, rules: { ...NO_OWN_RULES, generatedFiles: [""] } });
    expect([spelt.status, (await spelt.json()).pointer]).toEqual([422, "/rules/generatedFiles/0"]);
    expect((await save({ basedOn: 2, rules: OWN, why: "" })).status).toBe(422);
    expect((await save({ basedOn: 2, rules: OWN, org: "other" })).status).toBe(404);
    expect((await save({ basedOn: 2, rules: OWN }, lead)).status).toBe(403);
    expect((await read()).version).toBe(2);
  });
});
