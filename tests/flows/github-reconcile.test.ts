import { afterEach, describe, expect, it, vi } from "vitest";
import { beginApp, finishApp } from "@/lib/connections/apps";
import { clientOfApp } from "@/lib/connections/client-of";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { reconcileDeliveries } from "@/lib/ingest/github/reconcile-deliveries";
import { deliveriesReadAt } from "@/lib/settings/github/apps";
import { FollowedGitHub } from "@/tests/factories/github-sync";
import type { Receiver } from "@/tests/mocks/github/apps";
import { FaultPlan, LOSSES } from "@/tests/mocks/github/faults";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { useTestDatabase } from "@/tests/setup/test-database";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
useTestDatabase();

const START = new Date("2026-07-01T00:00:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const open: { close(): Promise<void> }[] = [];

const datasetOf = (login: string) =>
  generateDataset({ login, seed: 7, repositories: 2, pullRequests: 40, end: START, days: 200 });

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const stores: Receiver = async ({ event, guid, payload }) => {
  const body = Buffer.from(JSON.stringify(payload));
  await insertDeliveries([{ source: "github", deliveryId: guid, event, action: null, headers: {}, body }]);
  return 202;
};

describe("what GitHub delivered and did not arrive", () => {
  async function start() {
    const clock = { now: START };
    const github = await TestGitHub.start({
      dataset: datasetOf("delivering"),
      tokens: new Set(),
      now: () => clock.now,
    });
    open.push(github);
    const { action, manifest } = await beginApp({ apiUrl: github.url, account: "delivering", securityAlerts: false });
    const body = new URLSearchParams({ manifest: JSON.stringify(manifest) });
    const answer = await fetch(action, { method: "POST", body, redirect: "manual" });
    const back = new URL(answer.headers.get("location") ?? "").searchParams;
    const app = await finishApp({ code: back.get("code") ?? "", state: back.get("state") ?? "" });
    const reconcile = async () => reconcileDeliveries(app.id, await clientOfApp(app), clock.now);
    const pass = (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms);
    };
    return { app, github, pass, reconcile, desk: github.apps };
  }

  const arrived = async (prefix: string) =>
    (await query(sql`select from inbox where starts_with(delivery_id, ${prefix})`)).length;

  it("is asked for again until it has, and nothing else is", async () => {
    const { app, desk, pass, reconcile } = await start();
    desk.receiver = stores;
    for (let index = 0; index < 130; index += 1) await desk.deliver(`up-${index}`, "star", {});
    desk.receiver = async () => 0;
    for (let index = 0; index < 130; index += 1) await desk.deliver(`down-${index}`, "star", {});
    // It may be on its way.
    expect(await reconcile()).toBe(0);
    pass(5 * MINUTE_MS);
    desk.receiver = async ({ guid }) => (guid === "down-7" ? 502 : stores({ guid, event: "star", payload: {} }));
    expect(await reconcile()).toBe(130);
    expect(await arrived("down-")).toBe(129);
    pass(5 * MINUTE_MS);
    desk.receiver = stores;
    expect(await reconcile()).toBe(1);
    expect(await arrived("down-")).toBe(130);
    pass(5 * MINUTE_MS);
    expect(await reconcile()).toBe(0);
    expect(await arrived("up-")).toBe(130);
    expect((await deliveriesReadAt(app.id))?.getTime()).toBe(START.getTime() + 13 * MINUTE_MS);
    expect(desk.log).toHaveLength(260 + 131);
  });

  it("is given up after eight attempts, the longer apart the more there were", async () => {
    const { desk, pass, reconcile } = await start();
    desk.receiver = async () => 401;
    await desk.deliver("refused", "star", {});
    let asked = 0;
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      pass(5 * MINUTE_MS);
      asked += await reconcile();
    }
    expect(asked).toBe(7);
    const at = desk.log.map(({ delivered_at }) => Date.parse(delivered_at));
    const apart = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(apart).toEqual([...apart].sort((a, b) => a - b));
    expect(apart.at(-1)).toBeGreaterThan(HOUR_MS);
  });

  it("is asked for later when GitHub does not answer", async () => {
    const { desk, github, pass, reconcile } = await start();
    await desk.deliver("lost", "star", {});
    pass(5 * MINUTE_MS);
    github.options.faults = new FaultPlan(1, 1, ["bad_gateway"]);
    await expect(reconcile()).rejects.toThrow(/502/);
    delete github.options.faults;
    desk.receiver = stores;
    expect(await reconcile()).toBe(1);
    expect(await arrived("lost")).toBe(1);
  });
});

describe("what GitHub counts and was not read", () => {
  const missing = (orgId: number) =>
    query<{ missing: number | null }>(
      sql`select missing from sync_state where org_id = ${orgId} and entity = 'pull_requests' order by repo_id`,
    );
  const countOpened = async (orgId: number) =>
    (await query(sql`select from event where org_id = ${orgId} and kind = 'pull_request.opened'`)).length;

  it("is found at night where pages of the list never came", async () => {
    const plain = await FollowedGitHub.start({ dataset: datasetOf("listed") }, { start: START });
    open.push(plain);
    await plain.sync();
    const dataset = datasetOf("skipped");
    const faults = new FaultPlan(11, 0.5, LOSSES);
    const followed = await FollowedGitHub.start({ dataset, faults }, { start: START });
    open.push(followed);
    await followed.sync();
    const whole = await countOpened(plain.orgId);
    expect(await countOpened(followed.orgId)).toBeLessThan(whole);
    delete followed.github.options.faults;
    // Counted a day after the first reading, and held against a walk that began later.
    for (const hours of [25, 1]) {
      followed.pass(hours * HOUR_MS);
      await followed.sync();
    }
    expect(await countOpened(followed.orgId)).toBe(whole);
  });

  it("is found at night and read", async () => {
    const followed = await FollowedGitHub.start({ dataset: datasetOf("counted") }, { start: START });
    open.push(followed);
    await followed.sync();
    const whole = await countOpened(followed.orgId);
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    expect(await missing(followed.orgId)).toEqual([{ missing: 0 }, { missing: 0 }]);
    // As if it had been left out of a page for whatever reason.
    const [lost] = await query<{ subject: string }>(
      sql`delete from event where org_id = ${followed.orgId} and subject = (
          select subject from event where org_id = ${followed.orgId} and kind = 'pull_request.opened' order by seq limit 1)
        returning subject`,
    );
    expect(lost).toBeDefined();
    expect(await countOpened(followed.orgId)).toBe(whole - 1);
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await countOpened(followed.orgId)).toBe(whole - 1);
    followed.pass(24 * HOUR_MS);
    await followed.sync();
    expect(await countOpened(followed.orgId)).toBe(whole);
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    expect(await missing(followed.orgId)).toEqual([{ missing: 0 }, { missing: 0 }]);
  });

  it("is read again once when it stays away", async () => {
    const dataset = datasetOf("haunted");
    const followed = await FollowedGitHub.start({ dataset }, { start: START });
    open.push(followed);
    await followed.sync();
    followed.github.options.hiddenPullRequests = 2;
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    expect(await missing(followed.orgId)).toEqual([{ missing: 2 }, { missing: 2 }]);
    const pages = () => followed.github.requests.filter(({ what }) => what === "PullRequestPage").length;
    const before = pages();
    for (let night = 0; night < 3; night += 1) {
      followed.pass(25 * HOUR_MS);
      await followed.sync();
    }
    // One page of each repository a night, and no walk of all of it.
    expect(pages() - before).toBe(3 * 2);
  });
});
