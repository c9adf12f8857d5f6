import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { CloudEvent, HTTP, type Message } from "cloudevents";
import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/cdevents/route";
import { POST as events } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Verdicts } from "@/lib/events/native/schema";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { testKey } from "@/tests/factories/accounts";
import { serveRoute } from "@/tests/factories/serve-route";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

const SHA = "5f0c954d2ad4ef1c0b9e6a1f2c3d4e5f60718293";
const OLDER = "0a1b2c3d4e5f60718293a4b5c6d7e8f901122334";
const PACKAGE = `pkg:github/acme/billing@${SHA}`;
const IMAGE = `pkg:oci/billing@sha256%3A0b31b1c02ff458ad9b7b81cb?vcs_url=git%2Bhttps://github.com/acme/billing.git@${OLDER}`;

let orgId: number;
beforeAll(async () => {
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  await projectPending();
  // Pull requests bring the repository.
  const opened = { kind: "pull_request", id: "1", at: "2026-10-01T00:00:00Z", repository: "acme/billing", number: 7 };
  await call(events, "/", { body: { ...opened, state: "opened", title: "Retry charges", author: "claude[bot]" } });
});

let last = 0;
interface Given {
  type: string;
  id?: string;
  subject?: string;
  at?: string;
  content?: object;
  customData?: object;
}
/** A CDEvent of the specification's shape, with what senders add that nobody reads. */
function cdEvent({ at = "2026-10-30T18:00:00Z", content = {}, customData, id, subject = "billing", type }: Given) {
  last += 1;
  return {
    context: {
      specversion: "0.5.0",
      id: id ?? `id-${last}`,
      chainId: "4c8cb7dd-3448-41de-8768-eec704e2829b",
      source: "/argocd/production",
      type: `dev.cdevents.${type}`,
      timestamp: at,
      links: [{ linkType: "RELATION", linkKind: "TRIGGER", target: { contextId: "5328c37f" }, tags: { a: "b" } }],
    },
    subject: { id: subject, source: "/argocd/production", content },
    ...(customData !== undefined && { customData, customDataContentType: "application/json" }),
  };
}
type Mode = "structured" | "binary" | "bare";

/** As the SDK of CloudEvents writes it. */
function messageOf(data: ReturnType<typeof cdEvent>, mode: Mode): { body: string; headers: Record<string, string> } {
  const { id, source, timestamp: time, type } = data.context;
  const event = new CloudEvent({ id, source, type, time, subject: data.subject.id, data });
  const { body, headers }: Message =
    mode === "bare"
      ? { body: JSON.stringify(data), headers: { "content-type": "application/cdevents+json; charset=utf-8" } }
      : HTTP[mode](event);
  return { body: String(body), headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])) };
}
async function post(body: string, headers: Record<string, string>) {
  const answer = await call(POST, "/api/v1/cdevents", { method: "POST", body, headers });
  return { status: answer.status, body: (await answer.json()) as Verdicts };
}
async function send(given: Given, mode: Mode = "structured") {
  const { body, headers } = messageOf(cdEvent(given), mode);
  return post(body, headers);
}

const deployed: Given = {
  type: "service.deployed.0.2.0",
  content: { environment: { id: "production" }, artifactId: PACKAGE },
};

describe("a CDEvent", () => {
  it.each(["structured", "binary", "bare"] as const)("is taken as CloudEvents carry it, and once: %s", async (mode) => {
    const sent = { ...deployed, id: `same-${mode}` };
    expect(await send(sent, mode)).toMatchObject({ status: 207, body: { accepted: 1, refused: 0 } });
    for (const again of ["structured", "binary", "bare"] as const)
      expect(await send(sent, again)).toMatchObject({ status: 207, body: { accepted: 0, duplicates: 1 } });
  });

  it("is taken in batches, each by itself", async () => {
    const batch = [
      cdEvent({ ...deployed, id: "b1" }),
      cdEvent({ type: "service.removed.0.2.0" }),
      cdEvent({ type: "incident.detected.0.2.0", id: "b3" }),
    ].map(
      (data) => new CloudEvent({ id: data.context.id, source: data.context.source, type: data.context.type, data }),
    );
    const { body } = await post(JSON.stringify(batch), { "content-type": "application/cloudevents-batch+json" });
    expect(body.items.map(({ status }) => status)).toEqual([201, 202, 422]);
    expect(body).toMatchObject({ accepted: 1, ignored: 1, refused: 1 });
    expect(body.items[2]?.errors[0]?.pointer).toBe("/2/data/customData/repository");
  });

  it("becomes what it tells: merges, runs, deployments, rollbacks and incidents", async () => {
    const customData = { repository: "https://github.com/acme/billing" };
    const all: Given[] = [
      {
        type: "change.merged.0.2.0",
        subject: "7",
        at: "2026-10-30T15:20:00Z",
        content: { repository: { id: "acme/billing", source: "https://github.com" } },
        customData: { title: "Retry charges", author: "claude[bot]", sha: SHA },
      },
      {
        type: "pipelinerun.finished.0.2.0",
        subject: "run-1",
        content: { pipelineName: "unit tests", outcome: "error", url: "https://ci.example.com/1" },
        customData: { ...customData, sha: SHA, pullRequest: 7, seconds: 61.4 },
      },
      { ...deployed, type: "service.upgraded.0.2.0", at: "2026-10-30T18:30:00Z" },
      {
        type: "service.rolledback.0.3.0-draft",
        at: "2026-10-30T19:00:00Z",
        content: { environment: { id: "production" }, artifactId: IMAGE },
      },
      {
        type: "incident.reported.0.2.0",
        subject: "INC-31",
        at: "2026-10-30T18:50:00Z",
        content: {
          description: "Charges are slow",
          service: { id: "billing" },
          ticketURI: "https://issues.example.com/1",
        },
        customData: { ...customData, severity: "critical" },
      },
      { type: "incident.detected.0.2.0", subject: "INC-31", at: "2026-10-30T18:45:00Z", customData },
      { type: "incident.resolved.0.2.0", subject: "INC-31", at: "2026-10-30T19:05:00Z", customData },
    ];
    for (const one of all) expect(await send(one, "binary"), one.type).toMatchObject({ body: { accepted: 1 } });
    await projectPending();
    const [row] = await query(
      sql`select (select merge_sha from fact_pull_request_detail where org_id = ${orgId} and number = 7) as merged,
          (select check_name || ' ' || conclusion || ' ' || seconds from fact_ci_run where org_id = ${orgId} and number = 7) as run,
          (select array_agg(kind || ' ' || sha order by finished_at) from fact_deployment
            where org_id = ${orgId} and finished_at > '2026-10-30T18:00:00Z') as deployments,
          (select array[opened_at, resolved_at] from fact_incident where org_id = ${orgId} and incident = 'INC-31') as incident`,
    );
    expect(row).toEqual({
      merged: SHA,
      run: "unit tests 2 61",
      deployments: [`1 ${SHA}`, `3 ${OLDER}`],
      incident: [new Date("2026-10-30T18:45:00Z"), new Date("2026-10-30T19:05:00Z")],
    });
  });

  it.each([
    [
      "no commit",
      { ...deployed, content: { environment: { id: "production" } }, customData: { repository: "acme/billing" } },
      422,
      "/data/customData/sha",
    ],
    ["no environment", { ...deployed, content: { artifactId: PACKAGE } }, 422, "/data/subject/content/environment"],
    [
      "a repository that is not here",
      { ...deployed, customData: { repository: "acme/biling" } },
      404,
      "/data/customData/repository",
    ],
    ["an instant that is none", { ...deployed, at: "now" }, 422, "/data/context/timestamp"],
    [
      "an outcome that nobody knows",
      {
        type: "pipelinerun.finished.0.2.0",
        content: { outcome: "odd" },
        customData: { repository: "acme/billing", sha: SHA },
      },
      422,
      "/data/subject/content/outcome",
    ],
    [
      "a merge of which too little is said",
      { type: "change.merged.0.2.0", subject: "x", content: { repository: { id: "acme/billing" } } },
      422,
      "/data/customData/title",
    ],
  ] as const)("is refused at its field: %s", async (_, given, status, pointer) => {
    const { data, ...rest } = { data: cdEvent(given), specversion: "1.0", id: "x", source: "/x", type: "x" };
    const { body } = await post(JSON.stringify({ ...rest, data }), { "content-type": "application/cloudevents+json" });
    expect(body.items[0]).toMatchObject({ status });
    expect(body.items[0]?.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it("is refused as a whole where it is neither a CloudEvent nor JSON", async () => {
    const type = { "content-type": "application/cloudevents+json" };
    expect((await post("{", type)).status).toBe(400);
    expect((await post('{"hello":1}', type)).status).toBe(422);
    expect((await post('{"specversion":"1.0","data_base64":"e30="}', type)).body.items[0]).toMatchObject({
      status: 422,
    });
    expect((await post("{}", { "content-type": "text/xml" })).status).toBe(415);
    const many = JSON.stringify(Array.from({ length: 5001 }, () => ({})));
    expect((await post(many, { "content-type": "application/cloudevents-batch+json" })).status).toBe(413);
  });

  it("is sent as docs/events.md says", async () => {
    const [, script = ""] =
      /## CDEvents\n[\s\S]*```sh\n(curl[\s\S]*?)```/.exec(readFileSync(path.resolve("docs/events.md"), "utf8")) ?? [];
    const { server, url } = await serveRoute(POST);
    try {
      const env = { ...process.env, FLEETGAUGE_URL: url, FLEETGAUGE_KEY: await testKey() };
      const { stdout } = await promisify(execFile)("sh", ["-c", script], { env });
      expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, refused: 0 });
    } finally {
      server.close();
    }
  });
});
