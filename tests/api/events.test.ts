import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Verdicts } from "@/lib/events/native/schema";
import { erasePerson } from "@/lib/facts/erase-person";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { EVENTS } from "@/tests/factories/events-guide";
import { insertTeam } from "@/tests/factories/facts";
import { factsOf } from "@/tests/factories/github-sync";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

const send = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await call(POST, "/api/v1/events", { method: "POST", body, headers });
  return { status: answer.status, body: (await answer.json()) as Verdicts };
};
const statuses = ({ body }: { body: Verdicts }) => body.items.map(({ status }) => status);
/** An event of another organisation. */
const of = (slug: string, event: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(event).replace('"acme/billing"', `"${slug}/billing"`).replace('"acme"', `"${slug}"`));
async function organization(slug: string): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  await insertTeam(id, "payments");
  return id;
}
const count = async (orgId: number) =>
  (await query<{ events: number }>(sql`select count(*) as events from event where org_id = ${orgId}`))[0]?.events;

let acme: number;
beforeAll(async () => {
  acme = await organization("acme");
  // The agents of the rules come with the first projection.
  await projectPending();
  expect((await send(EVENTS)).body.refused).toBe(0);
});

describe("events that are told", () => {
  it("give the same facts in whatever order, packing and number they come", async () => {
    const whole = await organization("acme-whole");
    await send(EVENTS.map((event) => of("acme-whole", event)));
    await projectPending();
    const expected = JSON.stringify(await factsOf(whole));
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(EVENTS, { minLength: EVENTS.length }),
        fc.array(fc.nat({ max: EVENTS.length - 1 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: EVENTS.length }),
        async (order, again, size) => {
          turn += 1;
          const slug = `acme-${turn}`;
          const orgId = await organization(slug);
          // Its pull requests bring a repository.
          const first = EVENTS.filter(({ state }) => state === "opened").slice(0, 1);
          const sent = [...first, ...order, ...again.map((index) => order[index] ?? {})].map((event) =>
            of(slug, event),
          );
          for (let at = 0; at < sent.length; at += size) {
            const part = sent.slice(at, at + size);
            const answer = await send(part.map((event) => JSON.stringify(event)).join("\n"), {
              "content-type": "application/x-ndjson",
            });
            expect(answer.body.refused, JSON.stringify(answer.body)).toBe(0);
            if (at % 2 === 0) await projectPending();
          }
          await projectPending();
          expect(JSON.stringify(await factsOf(orgId))).toBe(expected);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("are a history of their own, whoever the commits follow, and end where a clone is read", async () => {
    const sha = (n: number) => n.toString(16).padStart(40, "a");
    const merge = (n: number, more: object = {}) => ({
      kind: "pull_request",
      id: `${n}`,
      at: `2026-05-${String(n).padStart(2, "0")}T12:00:00Z`,
      repository: "acme/ledger",
      number: n,
      state: "merged",
      title: `Change ${n}`,
      author: "ada",
      mergeSha: sha(n),
      ...more,
    });
    await send([merge(3), merge(1), merge(2, { parentSha: sha(1) })]);
    await projectPending();
    // What takes back another is told by its text, as in a clone.
    await send(merge(4, { title: 'Revert "Change 2"', body: "Reverts acme/ledger#2" }));
    await projectPending();
    const rows = await query<{ number: number; back: boolean }>(
      sql`select number, rollback_seconds is not null as back from fact_pull_request f join repository r
          on r.org_id = f.org_id and r.id = f.repo_id where r.name = 'ledger' order by f.merged_at`,
    );
    expect(rows).toEqual([1, 2, 3, 4].map((number) => ({ number, back: number === 2 })));
    const [row] = await query<{ from: Date; history: string }>(
      sql`select complete_from as from, history from fact_repository f join repository r on r.org_id = f.org_id and r.id = f.repo_id
        where r.name = 'ledger'`,
    );
    expect([row?.from.toISOString(), row?.history]).toEqual(["2026-05-01T12:00:00.000Z", "told"]);
  });
});

describe("a verdict", () => {
  const deployment = (more: object = {}) => ({
    kind: "deployment",
    id: "d1",
    at: "2026-10-30T16:00:00Z",
    repository: "acme/billing",
    service: "billing",
    environment: "production",
    sha: "b".repeat(40),
    ...more,
  });

  it("is given to each, and one that is refused does not keep the others out", async () => {
    const answer = await send([
      deployment({ id: "v1" }),
      deployment({ id: "v2", enviroment: "production" }),
      deployment({ id: "v1" }),
      deployment({ id: "v1", status: "failure" }),
      deployment({ id: "v3", repository: "acme/biling" }),
      deployment({ id: "v4" }),
    ]);
    expect(answer.status).toBe(207);
    expect(statuses(answer)).toEqual([201, 422, 200, 409, 404, 201]);
    expect(answer.body).toMatchObject({ accepted: 2, duplicates: 1, refused: 3 });
    expect(answer.body.items.map(({ errors }) => errors.map(({ pointer }) => pointer))).toEqual([
      [],
      ["/1/enviroment"],
      [],
      ["/3/id"],
      ["/4/repository"],
      [],
    ]);
    // The same again, of which one says something else now.
    const again = await send([deployment({ id: "v1" }), deployment({ id: "v4", service: "other" })]);
    expect(statuses(again)).toEqual([200, 409]);
  });

  it("is that it is known, also of somebody who was erased since; one without a name brings no repository", async () => {
    const review = {
      kind: "review",
      id: "r9",
      at: "2026-10-30T14:00:00Z",
      repository: "acme/billing",
      number: 812,
      reviewer: "grace",
      state: "approved",
    };
    expect(statuses(await send(review))).toEqual([201]);
    await projectPending();
    await erasePerson("acme", { login: "grace" }, async () => undefined);
    expect(statuses(await send(review))).toEqual([200]);
    const [row] = await query<{ count: number }>(
      sql`select count(*)::integer as count from event where payload::text ilike '%grace%' or actor::text ilike '%grace%'`,
    );
    expect(row?.count).toBe(0);
    const opened = {
      kind: "pull_request",
      at: "2026-10-30T14:00:00Z",
      repository: "acme/unnamed",
      number: 1,
      state: "opened",
      title: "A",
      author: "ada",
    };
    expect(statuses(await send([opened, deployment({ id: "u1", repository: "acme/unnamed" })]))).toEqual([422, 404]);
  });

  it.each([
    ["a kind that nobody knows", { kind: "deploy" }, "/kind"],
    ["no instant", { at: "yesterday" }, "/at"],
    ["an instant without a zone", { at: "2026-10-30T16:00:00" }, "/at"],
    ["an instant of another century", { at: "0001-01-01T00:00:00Z" }, "/at"],
    ["half a commit id", { sha: "abc" }, "/sha"],
    ["a repository without its organisation", { repository: "billing" }, "/repository"],
    ["a number that is none", { pullRequests: [0] }, "/pullRequests/0"],
    ["no id at all", { id: undefined }, "/id"],
    ["text that is none", { service: "a\u0000b" }, "/service"],
  ])("points at the field: %s", async (_, more, pointer) => {
    const { body, status } = await send(deployment(more));
    expect([status, body.refused, body.items[0]?.status]).toEqual([207, 1, 422]);
    expect(body.items[0]?.errors.map((error) => error.pointer)).toContain(pointer);
  });

  const event = (fields: object) => ({ id: "e1", at: "2026-10-30T16:00:00Z", ...fields });
  const cost = (more: object) =>
    event({ kind: "cost", organization: "acme", provider: "a", item: "api", amount: "1", currency: "USD", ...more });
  const pull = { kind: "pull_request", repository: "acme/billing", number: 1, title: "a", author: "ada" };
  it.each([
    ["a merge without its commit", event({ ...pull, state: "merged" }), 422, "/mergeSha"],
    ["an account without a login", event({ ...pull, state: "opened", author: { name: "Ada" } }), 422, "/author"],
    [
      "an organisation that is not here",
      event({ ...pull, state: "opened", repository: "acme-x/y" }),
      404,
      "/repository",
    ],
    ["an incident of nowhere", event({ kind: "incident", state: "resolved", incident: "I" }), 422, "/repository"],
    [
      "an incident without a title",
      event({ kind: "incident", state: "opened", incident: "I", organization: "acme" }),
      422,
      "/title",
    ],
    ["a rollback of nothing", event({ kind: "rollback", repository: "acme/billing" }), 422, "/pullRequests"],
    [
      "a version that nobody runs",
      event({ kind: "rollback", repository: "acme/billing", sha: "b".repeat(40), environment: "production" }),
      422,
      "/service",
    ],
    [
      "a flag and a version",
      event({
        kind: "rollback",
        repository: "acme/billing",
        sha: "b".repeat(40),
        service: "a",
        environment: "production",
        by: "flag",
      }),
      422,
      "/by",
    ],
    ["a cost of nobody's team", cost({ team: "nobody" }), 404, "/team"],
    ["a cost of no agent", cost({ agent: "clippy" }), 404, "/agent"],
    ["less than a cent", cost({ amount: "0.001" }), 422, "/amount"],
    ["money as a number", cost({ amount: 12.5 }), 422, "/amount"],
    ["no currency", cost({ currency: "XXQ" }), 422, "/currency"],
    ["an organisation of costs that is not here", cost({ organization: "nowhere" }), 404, "/organization"],
    [
      "more covered than there is",
      event({ kind: "coverage", repository: "acme/billing", number: 1, head: { covered: 2, total: 1 } }),
      422,
      "/head/covered",
    ],
  ])("points at the field of other kinds: %s", async (_, sent, status, pointer) => {
    const before = await count(acme);
    const { body } = await send(sent);
    expect(body.items[0]).toMatchObject({ status });
    expect(body.items[0]?.errors.map((error) => error.pointer)).toContain(pointer);
    expect(await count(acme)).toBe(before);
  });

  it("is none for what is no JSON, too much, or of another type, and nothing is kept", async () => {
    const before = await count(acme);
    const lines = { "content-type": "application/x-ndjson" };
    for (const [body, headers, status, detail] of [
      ["{", {}, 400, /not JSON/],
      ["[]", {}, 400, /no event/],
      ["\n \n", lines, 400, /no event/],
      [JSON.stringify(Array.from({ length: 5001 }, (_, n) => deployment({ id: `${n}` }))), {}, 413, /at most 5000/],
      [deployment(), { "content-type": "text/plain" }, 415, /application\/json or application\/x-ndjson/],
      [deployment(), { "idempotency-key": "two words" }, 400, /Idempotency-Key/],
    ] as const) {
      const answer = await send(body, headers);
      expect([answer.status, (answer.body as unknown as { detail: string }).detail]).toEqual([
        status,
        expect.stringMatching(detail),
      ]);
    }
    expect(await count(acme)).toBe(before);
  });

  it("is given to a line that broke off, at its line, and to the others without it", async () => {
    const [first, last] = ["l1", "l3"].map((id) => JSON.stringify(deployment({ id })));
    const answer = await send(`${first}\n\n{"kind":\n${last}\n`, { "content-type": "application/x-ndjson" });
    expect(statuses(answer)).toEqual([201, 422, 201]);
    expect(answer.body.items[1]?.errors).toEqual([{ pointer: "/2", detail: "is not JSON" }]);
  });

  it("goes by the Idempotency-Key where events have no id", async () => {
    const body = [deployment({ id: undefined, service: "a" }), deployment({ id: undefined, service: "b" })];
    const key = { "idempotency-key": "run-77" };
    expect(statuses(await send(body, key))).toEqual([201, 201]);
    expect(statuses(await send(body, key))).toEqual([200, 200]);
    expect(statuses(await send(body, { "idempotency-key": "run-78" }))).toEqual([201, 201]);
    expect(statuses(await send([body[1]], key))).toEqual([409]);
  });

  it("comes for thousands at once, each once though two requests bring them", async () => {
    const many = Array.from({ length: 3000 }, (_, n) => deployment({ id: `many-${n}`, service: "many" }));
    const answers = await Promise.all([send(many), send([...many].reverse())]);
    expect(answers.map(({ status }) => status)).toEqual([207, 207]);
    const [row] = await query<{ kept: number }>(
      sql`select count(*) as kept from event where org_id = ${acme} and payload->>'service' = 'many'`,
    );
    expect(row?.kept).toBe(3000);
  });
});
