import { beforeAll, describe, expect, it } from "vitest";
import { GET as dataHealth } from "@/app/api/v1/data-health/route";
import { GET as download } from "@/app/api/v1/exports/[report]/route";
import { GET as pullRequest } from "@/app/api/v1/pull-requests/[id]/route";
import { GET as timeline } from "@/app/api/v1/pull-requests/[id]/timeline/route";
import { GET as pullRequests } from "@/app/api/v1/pull-requests/route";
import { GET as rollbacks } from "@/app/api/v1/rollbacks/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Page, PullRequestItem, RollbackItem } from "@/lib/metrics/explorer/types";
import { PULL_REQUEST_SORTS, ROLLBACK_SORTS } from "@/lib/metrics/list-schema";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();

const forged = (value: string, tie: string[]) =>
  Buffer.from(JSON.stringify(["-mergedAt", value, tie])).toString("base64url");

let api = 0;
beforeAll(async () => {
  ({ api } = await insertFleet());
});

async function listPulls(parameters: string): Promise<Page<PullRequestItem>> {
  const response = await call(pullRequests, `/api/v1/pull-requests?${parameters}`);
  expect(response.status).toBe(200);
  return response.json();
}

async function listReverts(parameters: string): Promise<Page<RollbackItem>> {
  const response = await call(rollbacks, `/api/v1/rollbacks?${parameters}`);
  expect(response.status).toBe(200);
  return response.json();
}

describe("pull requests", () => {
  it.each(PULL_REQUEST_SORTS)("come page after page without gap or repetition, sorted by %s", async (sort) => {
    const all = await listPulls(`sort=${sort}`);
    expect(all).toMatchObject({ total: 14, nextCursor: null });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Page<PullRequestItem> = await listPulls(
        `sort=${sort}&limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      expect(page.total).toBe(14);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect(new Set(seen).size).toBe(14);
    const field = sort.replace("-", "") as "mergedAt" | "hoursToRollback" | "effectiveLines";
    const values = all.items.map((item) => item[field]);
    const present = values.filter((value) => value !== null);
    expect(values.slice(present.length).every((value) => value === null)).toBe(true);
    const sorted = [...present].sort((a, b) => (a < b ? -1 : Number(a > b)));
    expect(present).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
  });

  it.each([
    ["repo=acme/api", 6],
    ["repo=acme/api,acme/web&authorKind=human", 7],
    ["agent=cursor", 2],
    ["team=payments", 1],
    ["team=unassigned", 13],
    ["category=documentation", 1],
    ["severity=LOW", 1],
    ["rolledBack=true", 3],
    ["rolledBack=true&window=24h", 2],
    ["rolledBack=true&window=7d&counted=true&authorKind=agent,assisted", 2],
    ["rolledBack=false", 11],
    ["counted=false", 1],
    ["q=change%201", 2],
    ["q=%23", 0],
    ["q=%234", 2],
    ["q=100%25", 0],
    ["from=2026-03-10&to=2026-03-12", 2],
    ["org=acme&repo=acme/web&limit=1", 8],
  ])("are filtered by %s", async (parameters, total) => {
    expect((await listPulls(parameters)).total).toBe(total);
  });

  it.each([
    ["limit=0", "/limit"],
    ["limit=201", "/limit"],
    ["limit=many", "/limit"],
    ["cursor=%7B%7D", "/cursor"],
    [`cursor=${forged("yesterday", ["1", "2"])}`, "/cursor"],
    [`cursor=${forged("2026-99-99 10:00:00+00", ["1", "2"])}`, "/cursor"],
    [`cursor=${forged("2026-03-04 10:00:00+00", ["1", "2) or true --"])}`, "/cursor"],
    [`cursor=${forged("2026-03-04 10:00:00+00", ["1"])}`, "/cursor"],
    ["q=%00", "/q"],
    ["from=0000-01-01", "/from"],
    ["sort=title", "/sort"],
    ["rolledBack=perhaps", "/rolledBack"],
    ["agent=claude_code,nobody", "/agent/1"],
    ["reviewer=ada", "/reviewer"],
  ])("refuse %s", async (parameters, pointer) => {
    const response = await call(pullRequests, `/api/v1/pull-requests?${parameters}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ pointer });
  });

  it("refuse the cursor of another sort", async () => {
    const { nextCursor } = await listPulls("limit=2");
    const response = await call(pullRequests, `/api/v1/pull-requests?sort=effectiveLines&cursor=${nextCursor}`);
    expect(response.status).toBe(422);
  });

  it("have a page each, with the reverts they take part in", async () => {
    const response = await call(pullRequest, "/", { params: { id: `${api}-2` } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: `${api}-2`,
      repo: "acme/api",
      hoursToRollback: 2,
      authorName: null,
      rollbacks: [
        {
          kind: "revert",
          revert: { id: `${api}-6`, number: 6 },
          relandedBy: { number: 5 },
          evidence: [{ quote: "This reverts commit" }],
        },
      ],
      reverts: [],
    });
    const reverting = await call(pullRequest, "/", { params: { id: `${api}-6` } });
    expect(await reverting.json()).toMatchObject({
      exclusion: "revert",
      rollbacks: [],
      reverts: [{ pullRequest: { number: 2 } }],
    });
  });

  it.each(["1", "x-1", "1-99999", "999999999-1", "1-1'--"])("are not found by the id %s", async (id) => {
    expect((await call(pullRequest, "/", { params: { id } })).status).toBe(404);
    expect((await call(timeline, "/", { params: { id } })).status).toBe(404);
  });

  it("have a timeline from the log", async () => {
    await execute(sql`insert into event (org_id, id, source, kind, repo, subject, occurred_at, payload)
      select id, 'e1', 'git-history', 'pull_request.ready', 'api', 'pull_request:api#2', '2026-03-03T09:00:00Z', '{"number":2}'
      from organization where slug = 'acme'`);
    const response = await call(timeline, "/", { params: { id: `${api}-2` } });
    expect(await response.json()).toEqual({
      items: [
        {
          at: "2026-03-03T09:00:00.000Z",
          kind: "pull_request.ready",
          source: "git-history",
          text: "Marked ready for review.",
        },
      ],
      way: {
        openedAt: null,
        readyAt: "2026-03-03T09:00:00.000Z",
        firstReviewAt: null,
        approvedAt: null,
        mergedAt: null,
        deployedAt: null,
      },
      nextCursor: null,
    });
  });
});

it("take a repository by its full name or by its bare one", async () => {
  expect((await listPulls("repo=acme/web")).total).toBe(8);
  expect((await listPulls("repo=web")).total).toBe(8);
  expect((await call(pullRequests, "/api/v1/pull-requests?repo=nothing")).status).toBe(422);
});

describe("rollbacks", () => {
  it("list what the rates count, and on request whatever undid the whole of it, newest first", async () => {
    expect((await listReverts("")).items.map(({ kind }) => kind)).toEqual(["revert"]);
    const { items, total } = await listReverts("kind=revert,undeclared");
    expect(total).toBe(2);
    expect(items.map(({ kind, pullRequest: target, hours }) => [kind, target?.number, hours])).toEqual([
      ["undeclared", 3, 50],
      ["revert", 2, 2],
    ]);
  });

  it("list other kinds by name", async () => {
    expect((await listReverts("kind=partial,unresolved")).items.map(({ kind }) => kind)).toEqual([
      "unresolved",
      "partial",
    ]);
    const [unresolved] = (await listReverts("kind=unresolved")).items;
    expect(unresolved).toMatchObject({ pullRequest: null, hours: null, authorKind: null });
    expect((await listReverts("kind=revert&agent=cursor")).total).toBe(1);
    expect((await listReverts("kind=undeclared&by=merge&from=2026-03-04&to=2026-03-05")).total).toBe(1);
  });

  it.each(ROLLBACK_SORTS)("page by %s", async (sort) => {
    const all = await listReverts(`kind=revert,undeclared,partial,unresolved&sort=${sort}`);
    const first = await listReverts(`kind=revert,undeclared,partial,unresolved&sort=${sort}&limit=3`);
    const second = await listReverts(
      `kind=revert,undeclared,partial,unresolved&sort=${sort}&limit=3&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.nextCursor).toBeNull();
  });
});

it("data health says what is in and what is missing", async () => {
  const response = await call(dataHealth, "/api/v1/data-health?repo=acme/api");
  expect(response.status).toBe(200);
  const { repositories, unresolved } = await response.json();
  expect(repositories).toHaveLength(1);
  expect(repositories[0].weekly).toHaveLength(26);
  expect(repositories[0].weekly.at(-1)).toEqual({ week: "2026-03-30", merged: 0, agent: 0 });
  expect(repositories[0].weekly.at(-5)).toEqual({ week: "2026-03-02", merged: 5, agent: 3 });
  expect(unresolved).toHaveLength(1);
});

describe("exports", () => {
  const get = async (report: string, parameters = "") =>
    call(download, `/api/v1/exports/${report}?${parameters}`, { params: { report } });

  it("give the same numbers as the screen, as CSV", async () => {
    const q = JSON.stringify({
      metrics: ["rollback_rate_7d"],
      from: "2026-03-01",
      to: "2026-04-01",
      groupBy: ["repo"],
    });
    const response = await get("metrics.csv", new URLSearchParams({ q }).toString());
    expect(response.headers.get("content-disposition")).toContain('filename="fleetgauge-metrics.csv"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split("\r\n");
    expect(lines[0]).toBe(
      '"metric","period","bucket","repo","value","lo","hi","method","k","n","exposure","immature","excluded","flags","reason","currency","as_of"',
    );
    expect(lines[1]).toMatch(/^"rollback_rate_7d","current",,"acme\/api",0\.6666666666666666,/);
    const flat = await get("metrics.csv", "metrics=rollback_rate_7d&from=2026-03-01&to=2026-04-01&groupBy=repo");
    expect((await flat.text()).split("\r\n")).toEqual(lines);
  });

  it("stream every page of a list, guarded against formulas", async () => {
    await execute(
      sql`update fact_pull_request_detail set title = '=HYPERLINK("x")' where repo_id = ${api} and number = 1`,
    );
    const text = await (await get("pull-requests.csv", "sort=mergedAt&limit=2")).text();
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(15);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await (await get("rollbacks.json")).json()).items).toHaveLength(1);
  });

  it("that do not exist or are asked wrongly are problems", async () => {
    expect((await get("roi.csv")).status).toBe(404);
    expect((await get("metrics.exe")).status).toBe(404);
    expect((await get("metrics.csv", "q=nonsense")).status).toBe(422);
    expect((await get("rollbacks.csv", "agent=nobody")).status).toBe(422);
  });
});
