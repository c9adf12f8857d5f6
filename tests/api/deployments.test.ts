import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/deployments/[source]/route";
import { POST as events } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Verdicts } from "@/lib/events/native/schema";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { testKey } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

const sha = (n: number) => n.toString(16).padStart(40, "a");
const day = (n: number, hour = 12) => `2026-10-${String(n).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

let orgId: number;
/** Pull requests 1 to 6 of acme/billing, one a day. */
beforeAll(async () => {
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  await projectPending();
  const merged = [1, 2, 3, 4, 5, 6].map((number) => ({
    kind: "pull_request",
    id: `${number}`,
    at: day(number),
    repository: "acme/billing",
    number,
    state: "merged",
    title: `Change ${number}`,
    author: "claude[bot]",
    mergeSha: sha(number),
    ...(number > 1 && { parentSha: sha(number - 1) }),
  }));
  expect((await (await call(events, "/", { body: merged })).json()).refused).toBe(0);
});

async function send(source: string, body: unknown, where = "?repository=acme/billing&environment=production") {
  const answer = await call(POST, `/api/v1/deployments/${source}${where}`, { params: { source }, body });
  return { status: answer.status, body: (await answer.json()) as Verdicts };
}
const statuses = async (...sent: Parameters<typeof send>) =>
  (await send(...sent)).body.items.map(({ status }) => status);

/** What is known of a service, oldest first. */
async function deployments(service: string) {
  await projectPending();
  return query<{ at: Date; status: number; kind: number; environment: string; sha: string }>(
    sql`select finished_at as at, status, kind, environment, sha from fact_deployment
      where org_id = ${orgId} and service = ${service} order by finished_at`,
  );
}
const rolledBack = async () =>
  (
    await query<{ number: number }>(
      sql`select number from fact_pull_request where org_id = ${orgId} and rollback_seconds is not null order by number`,
    )
  ).map(({ number }) => number);

describe("Argo CD", () => {
  /** An Application as `toJson .app` gives it, without the parts that nobody reads. */
  const app = (
    name: string,
    {
      at,
      images = [],
      phase = "Succeeded",
      revision,
      url = "https://github.com/acme/billing.git",
    }: { at: string | null; revision: string; phase?: string; images?: string[]; url?: string },
  ) => ({
    app: {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name, namespace: "argocd", uid: `uid-${name}`, generation: 7, resourceVersion: "91" },
      spec: {
        project: "default",
        source: { repoURL: url, path: "deploy", targetRevision: "HEAD" },
        destination: { server: "https://kubernetes.default.svc", namespace: "billing-prod" },
      },
      status: {
        health: { status: "Healthy" },
        sync: { status: "Synced", revision },
        history: [{ id: 1, revision, deployedAt: at }],
        summary: { images },
        operationState: {
          phase,
          startedAt: day(1, 9),
          finishedAt: at,
          message: "successfully synced (all tasks run)",
          operation: { sync: { revision }, initiatedBy: { automated: true } },
          syncResult: { revision, resources: [], source: { repoURL: url } },
        },
      },
    },
  });

  it("deploys what is synchronised, and going back to an earlier revision rolls back what lies between", async () => {
    expect(await statuses("argo-cd", app("billing", { at: day(1, 13), revision: sha(1) }))).toEqual([201]);
    expect(await statuses("argo-cd", app("billing", { at: day(2, 13), revision: sha(2) }))).toEqual([201]);
    expect(await statuses("argo-cd", app("billing", { at: day(2, 13), revision: sha(2) }))).toEqual([200]);
    expect(await statuses("argo-cd", app("billing", { at: null, revision: sha(2), phase: "Running" }))).toEqual([202]);
    expect(await statuses("argo-cd", app("billing", { at: day(2, 14), revision: sha(3), phase: "Failed" }))).toEqual([
      201,
    ]);
    expect(await statuses("argo-cd", app("billing", { at: day(2, 15), revision: sha(1) }))).toEqual([201]);
    expect((await deployments("billing")).map(({ kind, status }) => [kind, status])).toEqual([
      [1, 1],
      [1, 1],
      [1, 2],
      [1, 1],
    ]);
    expect(await rolledBack()).toEqual([2]);
  });

  it("says the repository itself, and the environment by its namespace", async () => {
    expect(await statuses("argo-cd", app("own", { at: day(3, 13), revision: sha(3) }), "")).toEqual([201]);
    expect(await deployments("own")).toMatchObject([{ environment: "billing-prod", sha: sha(3) }]);
  });

  it("goes by the tag of an image where another repository is synchronised", async () => {
    const other = { at: day(4, 13), revision: "b".repeat(40), url: "git@github.com:acme/manifests.git" };
    const images = ["quay.io/envoy:v1.30", `ghcr.io/acme/billing:main-${sha(4)}`];
    expect(await statuses("argo-cd", app("images", { ...other, images }))).toEqual([201]);
    expect(await deployments("images")).toMatchObject([{ sha: sha(4) }]);
    const { body } = await send("argo-cd", app("unknown", { ...other, images: ["ghcr.io/acme/billing:v4"] }));
    expect(body.items[0]).toMatchObject({ status: 422, errors: [{ pointer: "" }] });
    expect(body.items[0]?.errors[0]?.detail).toMatch(/^sha: /);
  });
});

describe("Argo Rollouts", () => {
  const rollout = (revision: number, n: number, outcome: "completed" | "aborted", at: string) => ({
    outcome,
    rollout: {
      metadata: {
        name: "checkout",
        namespace: "prod",
        uid: "r1",
        annotations: { "rollout.argoproj.io/revision": `${revision}` },
      },
      spec: {
        replicas: 5,
        template: { spec: { containers: [{ name: "app", image: `ghcr.io/acme/billing:${sha(n)}` }] } },
      },
      status: {
        phase: "Healthy",
        abort: outcome === "aborted",
        abortedAt: outcome === "aborted" ? at : null,
        conditions: [
          { type: "Progressing", status: "True", lastUpdateTime: at, lastTransitionTime: at },
          { type: "Available", status: "True", lastUpdateTime: day(1) },
        ],
      },
    },
  });

  it("is a deployment when it is completed, and one that failed when it is aborted; told three times it is one", async () => {
    for (const expected of [201, 200, 200])
      expect(await statuses("argo-rollouts", rollout(3, 4, "completed", day(4, 14)))).toEqual([expected]);
    expect(await statuses("argo-rollouts", rollout(4, 5, "aborted", day(5, 14)))).toEqual([201]);
    expect(await deployments("checkout")).toEqual([
      { at: new Date(day(4, 14)), status: 1, kind: 1, environment: "production", sha: sha(4) },
      { at: new Date(day(5, 14)), status: 2, kind: 1, environment: "production", sha: sha(5) },
    ]);
  });
});

describe("Flux", () => {
  const message = (reason: string, at: string, metadata: Record<string, string>, kind = "Kustomization") => ({
    involvedObject: {
      kind,
      namespace: "flux-system",
      name: "ledger",
      uid: "f1",
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      resourceVersion: "1823",
    },
    severity: "info",
    timestamp: at,
    message: "Reconciliation finished in 1.2s, next run in 10m0s",
    reason,
    metadata,
    reportingController: "kustomize-controller",
    reportingInstance: "kustomize-controller-7f5",
  });

  it("deploys the revision, or the commit that an annotation says; other reasons and objects are not needed", async () => {
    const revision = { "kustomize.toolkit.fluxcd.io/revision": `main@sha1:${sha(4)}` };
    expect(await statuses("flux", message("ReconciliationSucceeded", day(4, 15), revision))).toEqual([201]);
    expect(await statuses("flux", message("Progressing", day(4, 16), revision))).toEqual([202]);
    expect(await statuses("flux", message("NewArtifact", day(4, 16), revision, "GitRepository"))).toEqual([202]);
    const chart = { revision: "6.5.0", commit: sha(5) };
    expect(await statuses("flux", message("UpgradeFailed", day(5, 15), chart, "HelmRelease"))).toEqual([201]);
    expect(
      await statuses("flux", message("RollbackSucceeded", day(5, 16), { ...chart, commit: sha(4) }, "HelmRelease")),
    ).toEqual([201]);
    expect((await deployments("ledger")).map(({ kind, sha: of, status }) => [kind, status, of])).toEqual([
      [1, 1, sha(4)],
      [1, 2, sha(5)],
      [3, 1, sha(4)],
    ]);
  });
});

describe("Vercel", () => {
  const message = (type: string, at: string, n: number, more: object = {}) => ({
    id: `evt-${type}-${at}`,
    type,
    createdAt: Date.parse(at),
    region: "sfo1",
    payload: {
      team: { id: "team_1" },
      user: { id: "u1" },
      target: "production",
      plan: "pro",
      deployment: {
        id: `dpl_${n}`,
        name: "shop",
        url: "shop-1.vercel.app",
        meta: {
          githubCommitSha: sha(n),
          githubCommitOrg: "acme",
          githubCommitRepo: "billing",
          githubCommitRef: "main",
        },
      },
      project: { id: "prj_1" },
      links: { deployment: "https://vercel.com/acme/shop/1" },
      ...more,
    },
  });

  it("deploys to production, by a key that stands in the address, and what is promoted again goes back", async () => {
    const token = await testKey();
    const post = async (body: unknown, where: string) => {
      const answer = await call(POST, `/api/v1/deployments/vercel?${where}`, {
        as: null,
        params: { source: "vercel" },
        body,
      });
      return {
        status: answer.status,
        items: ((await answer.json()) as Partial<Verdicts>).items?.map(({ status }) => status),
      };
    };
    const keyed = `token=${token}`;
    expect(await post(message("deployment.promoted", day(5, 13), 5), "token=fg_wrong")).toMatchObject({ status: 401 });
    expect(await post(message("deployment.promoted", day(5, 13), 5), "")).toMatchObject({ status: 403 });
    for (const [type, n, hour, expected] of [
      ["deployment.succeeded", 5, 13, 202],
      ["deployment.promoted", 5, 13, 201],
      ["deployment.promoted", 6, 14, 201],
      ["deployment.created", 6, 14, 202],
      ["deployment.promoted", 5, 15, 201],
    ] as const)
      expect(await post(message(type, day(6, hour), n), keyed)).toEqual({ status: 207, items: [expected] });
    expect(await post(message("deployment.error", day(6, 16), 6, { target: null }), keyed)).toMatchObject({
      items: [202],
    });
    expect((await deployments("shop")).map(({ sha: of }) => of)).toEqual([sha(5), sha(6), sha(5)]);
    expect(await rolledBack()).toEqual([2, 6]);
  });

  it("cannot say what it went back to where it names no commit", async () => {
    const { body } = await send("vercel", message("deployment.rollback", day(7), 5, { deployment: undefined }));
    expect(body.items[0]).toMatchObject({ status: 422 });
  });
});

describe("Helm", () => {
  const GUIDE = readFileSync(path.resolve("docs/events.md"), "utf8");

  it("is told by a hook that the guide shows, whose body is one of our events", async () => {
    const [, hook = ""] = /kind: Job[\s\S]*?-d '(\{[\s\S]*?\})'/.exec(GUIDE.split("### Helm\n")[1] ?? "") ?? [];
    const values: Record<string, string> = {
      ".Release.Name": "billing",
      ".Release.Namespace": "production",
      ".Release.Revision": "12",
      ".Values.image.tag": sha(6),
      'now | date "2006-01-02T15:04:05Z07:00"': day(8),
    };
    const body = hook.replace(/\{\{ (.*?) \}\}/g, (_, name: string) => values[name] ?? "?");
    const answer = await call(events, "/api/v1/events", { body: JSON.parse(body) });
    expect(((await answer.json()) as Verdicts).items).toMatchObject([{ status: 201 }]);
    expect((await deployments("billing")).at(-1)).toMatchObject({ at: new Date(day(8)), sha: sha(6) });
  });
});

describe("a message that cannot be taken", () => {
  it.each([
    ["argo-cd", { app: { metadata: { name: "a" } } }, "/app/metadata/uid"],
    ["argo-rollouts", { outcome: "done" }, "/outcome"],
    ["flux", { involvedObject: { kind: "Kustomization", name: "a" }, reason: "x", timestamp: "now" }, "/timestamp"],
    ["vercel", { id: "1", type: "deployment.succeeded", createdAt: 1e300, payload: {} }, "/createdAt"],
  ])("of %s is refused at its field", async (source, body, pointer) => {
    const { body: answer, status } = await send(source, body);
    expect(status).toBe(207);
    expect(answer.items[0]?.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it("of nobody that is known, or with another address, is refused as a whole", async () => {
    expect((await send("spinnaker", {})).status).toBe(404);
    expect((await send("flux", "[")).status).toBe(400);
    expect((await send("flux", {}, "?repo=acme/billing")).status).toBe(422);
  });
});
