import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { POST as alerts } from "@/app/api/v1/alerts/[source]/route";
import { POST as cdevents } from "@/app/api/v1/cdevents/route";
import { POST as deployments } from "@/app/api/v1/deployments/[source]/route";
import { POST as events } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ALERT_SENDERS } from "@/lib/events/alerts/registry";
import { DEPLOYMENT_SENDERS } from "@/lib/events/deployments/registry";
import type { Verdicts } from "@/lib/events/native/schema";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { factsOf } from "@/tests/factories/github-sync";
import { SENDER_STORIES, type SenderStory } from "@/tests/factories/sender-messages";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

vi.hoisted(() => {
  process.env.API_REQUESTS_PER_MINUTE = "0";
});
useTestDatabase();

const ROUTES = { alerts, deployments };
const sha = (n: number) => n.toString(16).padStart(40, "a");

/** An organisation with three pull requests in `billing`. */
async function organization(slug: string): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  const merged = [1, 2, 3].map((number) => ({
    kind: "pull_request",
    id: `${number}`,
    at: `2026-10-30T0${number}:00:00Z`,
    repository: `${slug}/billing`,
    number,
    state: "merged",
    title: `Change ${number}`,
    author: "ada",
    mergeSha: sha(number),
    ...(number > 1 && { parentSha: sha(number - 1) }),
  }));
  expect(await (await call(events, "/", { body: merged })).json()).toMatchObject({ refused: 0 });
  return id;
}

const send = (slug: string, { door, source, where }: SenderStory, body: unknown) =>
  call(ROUTES[door], `/api/v1/${door}/${source}?repository=${slug}/billing${where}`, { params: { source }, body });

/** A message of another organisation: what it names itself follows. */
const of = (slug: string, message: unknown): unknown =>
  JSON.parse(JSON.stringify(message).replaceAll("acme/billing", `${slug}/billing`).replaceAll('"acme"', `"${slug}"`));

beforeAll(async () => {
  await organization("acme");
  await projectPending();
});

it("every sender has its story here", () => {
  const told = SENDER_STORIES.map(({ door, source }) => `${door}/${source}`).sort();
  const known = [
    ...[...ALERT_SENDERS.keys()].map((name) => `alerts/${name}`),
    ...[...DEPLOYMENT_SENDERS.keys()].map((name) => `deployments/${name}`),
  ].sort();
  expect(told).toEqual(known);
});

describe("what a sender tells", () => {
  let turn = 0;

  it.each(SENDER_STORIES)("comes to the same in any order, and however often: $door/$source", async (story) => {
    turn += 1;
    const whole = `${story.source}-whole-${turn}`;
    const id = await organization(whole);
    for (const message of story.messages) expect((await send(whole, story, of(whole, message))).status).toBe(207);
    await projectPending();
    const expected = JSON.stringify(await factsOf(id));
    const [row] = await query<{ told: number }>(
      sql`select count(*)::integer as told from event where org_id = ${id}
        and (kind = 'deployment.finished' or kind like 'incident.%')`,
    );
    expect(row?.told).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...story.messages], { minLength: story.messages.length }),
        fc.array(fc.nat({ max: story.messages.length - 1 }), { maxLength: 3 }),
        fc.boolean(),
        async (order, again, projects) => {
          turn += 1;
          const slug = `${story.source}-${turn}`;
          const orgId = await organization(slug);
          for (const message of [...order, ...again.map((index) => order[index])]) {
            const answer = (await (await send(slug, story, of(slug, message))).json()) as Verdicts;
            expect(answer.refused, JSON.stringify(answer)).toBe(0);
            if (projects) await projectPending();
          }
          await projectPending();
          expect(JSON.stringify(await factsOf(orgId)).replaceAll(slug, whole)).toBe(expected);
        },
      ),
      { numRuns: 4 },
    );
  });

  it("is what the log says of it", async () => {
    expect(await verifyFacts()).toMatchObject({ mismatches: [] });
  });
});

/** Something that no field is meant to be. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.1,
  "",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "2026-13-45T99:99:99Z",
  "x".repeat(70_000),
  "\u0000",
  "\ud800",
  [],
  {},
  [[[]]],
  { __proto__: null, constructor: { prototype: 1 } },
];

/** The paths of everything in a message. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))];
}

/** A message with something else at a path; `undefined` leaves it out. */
function withAt(value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown {
  if (name === undefined) return put;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === name ? withAt(inner, rest, put) : inner));
  const record = value as Record<string, unknown>;
  return { ...record, [name]: withAt(record[name], rest, put) };
}

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("a message that is wrong", () => {
  /** 207 with a verdict each, or a refusal of the whole; both say where or why. */
  async function expectAnswered(answer: Response): Promise<void> {
    const body = (await answer.json()) as Verdicts & { title?: string; detail?: string };
    expect([207, 400, 413, 415, 422], JSON.stringify(body)).toContain(answer.status);
    if (answer.status !== 207) expect(body.detail ?? body.title).toBeTruthy();
    else
      for (const { errors, status } of body.items)
        expect(
          status < 300 || errors.every(({ detail, pointer }) => detail !== "" && typeof pointer === "string"),
        ).toBe(true);
  }

  it.each(SENDER_STORIES)("is refused with the reason, whatever is wrong with it: $door/$source", async (story) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...story.messages),
        fc.nat(),
        fc.constantFrom(undefined, ...HOSTILE),
        async (message, at, put) => {
          const paths = pathsIn(message);
          await expectAnswered(await send("acme", story, withAt(message, paths[at % paths.length] ?? [], put) ?? null));
        },
      ),
      { numRuns: 60 },
    );
    const [first] = story.messages;
    const text = JSON.stringify(first);
    for (const broken of [text.slice(0, text.length / 2), "", "null", "[]", nested(40), nested(5000), `${text}${text}`])
      await expectAnswered(await send("acme", story, broken));
    // Nothing of it stands in the way of what is right.
    const answer = (await (await send("acme", story, first)).json()) as Verdicts;
    expect(answer.items.every(({ status }) => status < 300 || status === 409)).toBe(true);
  });

  it.each([
    [
      "events",
      events,
      {
        kind: "incident",
        id: "i",
        at: "2026-10-30T16:25:00Z",
        state: "opened",
        incident: "I",
        repository: "acme/billing",
        title: "Down",
        severity: "sev2",
        service: "billing",
      },
    ],
    [
      "cdevents",
      cdevents,
      {
        context: {
          specversion: "0.5.0",
          id: "271",
          source: "/argocd",
          type: "dev.cdevents.service.deployed.0.2.0",
          timestamp: "2026-10-30T18:00:00Z",
        },
        subject: {
          id: "billing",
          content: { environment: { id: "production" }, artifactId: `pkg:github/acme/billing@${sha(1)}` },
        },
      },
    ],
  ] as const)("is refused with the reason at %s too", async (door, route, message) => {
    const post = (body: unknown) => call(route, `/api/v1/${door}`, { method: "POST", body });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(undefined, ...HOSTILE), async (at, put) => {
        const paths = pathsIn(message);
        await expectAnswered(await post(withAt(message, paths[at % paths.length] ?? [], put) ?? null));
      }),
      { numRuns: 120 },
    );
    for (const broken of ["{", "", nested(40), nested(5000)]) await expectAnswered(await post(broken));
  });
});
