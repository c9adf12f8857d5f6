import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { COST_VENDORS, type CostVendorKey, VENDOR_WORDS } from "@/lib/core/cost-feeds";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { pullVendorCosts } from "@/lib/ingest/vendor-costs";
import { askCostFeedNow, enterCostFeed, listCostFeeds, removeCostFeed } from "@/lib/settings/money/cost-feeds";
import { ensureOrganization } from "@/lib/settings/organizations";
import { rotateSealedSecrets } from "@/lib/settings/secrets/rotate";
import { createAsk } from "@/lib/sources/vendor-costs/ask-vendor";
import { type Bill, exactJson, VENDOR_ANSWERS } from "@/tests/factories/vendor-answers";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const ALL = { organizations: "all" } as const;
const NOW = new Date("2026-10-20T12:00:00Z");
const tomorrow = (days = 1) => new Date(NOW.getTime() + days * 86_400_000);

beforeAll(() => projectPending());

let orgId: number;
let slug: string;
let made = 0;
beforeEach(async () => {
  await execute(sql`truncate cost_feed`);
  made += 1;
  slug = `acme-${made}`;
  orgId = (await ensureOrganization({ slug })).id;
});

/** A network on which one vendor answers by a script. */
class Network {
  readonly waits: number[] = [];
  asked = 0;
  bill: Bill = {};
  /** In the place of answers: the first of them is sent, until there are none. */
  instead: (() => Response | Error)[] = [];

  constructor(private readonly vendor: CostVendorKey) {}

  readonly ask = createAsk({
    fetch: async (url, { body, headers, method }) => {
      this.asked += 1;
      const { answer, host, proof } = VENDOR_ANSWERS[this.vendor];
      expect(url.host).toBe(host);
      expect(headers).toMatchObject({ [proof[0]]: proof[1] });
      expect(method).toBe(body === undefined ? "GET" : "POST");
      const other = this.instead.shift()?.();
      if (other instanceof Error) throw other;
      if (other !== undefined) return other;
      return new Response(exactJson(answer(this.bill, url, body === undefined ? null : JSON.parse(body))));
    },
    wait: async (ms) => void this.waits.push(ms),
  });
}

async function follow(vendor: CostVendorKey, agent: string | null = null) {
  const { id } = await enterCostFeed(
    ALL,
    {
      org: slug,
      vendor,
      account: VENDOR_WORDS[vendor].account === null ? null : "acme",
      agent,
      secret: "secret-of-the-vendor",
    },
    "test",
  );
  // The clock of the database is not that of these tests.
  await execute(sql`update cost_feed set next_at = '2026-01-01'`);
  const network = new Network(vendor);
  const state = async () => (await listCostFeeds(ALL)).find((one) => one.id === id);
  return { id, network, pull: (now = NOW) => pullVendorCosts(network.ask, now), state };
}

/** What stands in the books, by day, in cents. */
async function books(): Promise<Record<string, string>> {
  await projectPending();
  const rows = await query<{ day: string; minor: string }>(
    sql`select day::text as day, sum(amount_minor)::text as minor from rollup_cost_day
      where org_id = ${orgId} group by day having sum(amount_minor) <> 0 order by day`,
  );
  return Object.fromEntries(rows.map(({ day, minor }) => [day, minor]));
}

const BILL: Bill = {
  "2026-09-18": ["99"],
  "2026-09-28": ["0.1234567", "0.0044", "12"],
  "2026-09-29": ["0.30000000000000004"],
  "2026-10-01": ["1e1"].map(() => "10.005"),
  "2026-10-18": ["3", "4.5"],
  "2026-10-19": ["7"],
  "2026-10-20": ["500"],
};
/** The day that is not over is left out; amounts are rounded once, by the day. */
const BOOKED = {
  "2026-09-18": "9900",
  "2026-09-28": "1213",
  "2026-09-29": "30",
  "2026-10-01": "1001",
  "2026-10-18": "750",
  "2026-10-19": "700",
};

describe.each(COST_VENDORS)("%s", (vendor) => {
  it("is booked by the day, page by page, to the cent; the same again is nothing", async () => {
    const { network, pull, state } = await follow(vendor, vendor === "anthropic" ? "claude_code" : null);
    network.bill = BILL;
    expect(await pull()).toBe(6);
    expect(await books()).toEqual(BOOKED);
    expect(await state()).toMatchObject({ state: "well", reason: null, lastDay: "2026-10-19" });
    const known = await query<{ provider: string; agent: number | null; basis: number }>(
      sql`select distinct provider, agent_code as agent, basis from rollup_cost_day where org_id = ${orgId}`,
    );
    const agent = { anthropic: 0, openai: -1, github: 2, cursor: 1 }[vendor];
    expect(known).toEqual([{ provider: vendor, agent, basis: vendor === "cursor" ? 1 : 0 }]);
    const { asked } = network;
    expect(await pull()).toBe(0);
    expect(network.asked).toBe(asked);
    expect(await pull(tomorrow())).toBe(1);
    expect(await books()).toEqual({ ...BOOKED, "2026-10-20": "50000" });
    expect(await pull(tomorrow(2))).toBe(0);
  });

  it("follows what is stated anew later, and leaves older days as they are", async () => {
    const { network, pull } = await follow(vendor);
    network.bill = BILL;
    await pull();
    // 18 September is more than 31 days before; a day that is gone within them goes.
    const { "2026-10-01": _, ...others } = BILL;
    network.bill = { ...others, "2026-09-18": ["1"], "2026-10-18": ["3", "4.6", "-1"], "2026-10-20": ["6"] };
    expect(await pull(tomorrow())).toBe(3);
    const { "2026-10-01": __, ...left } = BOOKED;
    expect(await books()).toEqual({ ...left, "2026-10-18": "660", "2026-10-20": "600" });
  });

  it("of which nothing is billed is well, and books nothing", async () => {
    const { pull, state } = await follow(vendor);
    expect(await pull()).toBe(0);
    expect(await state()).toMatchObject({ state: "well", lastDay: "2026-10-19" });
    expect(await books()).toEqual({});
  });

  it("needs attention where all is gone that was there, and nothing is booked as zero", async () => {
    const { network, pull, state } = await follow(vendor);
    network.bill = BILL;
    await pull();
    network.bill = {};
    expect(await pull(tomorrow())).toBe(0);
    expect(await state()).toMatchObject({
      state: "attention",
      reason: expect.stringContaining("no costs at all"),
      lastDay: "2026-10-19",
    });
    expect(await books()).toEqual(BOOKED);
  });

  it("needs attention where an answer is otherwise than documented, is no JSON, or broke off", async () => {
    const { network, pull, state } = await follow(vendor);
    network.bill = BILL;
    await pull();
    const bodies = [exactJson(VENDOR_ANSWERS[vendor].changed), "<html>Moved</html>", '{"data": [', "[]", "{}", "null"];
    for (const [index, body] of bodies.entries()) {
      network.instead = [() => new Response(body)];
      expect(await pull(tomorrow(index + 1))).toBe(0);
      expect(await state()).toMatchObject({
        state: "attention",
        reason: expect.stringMatching(/than documented|not JSON/),
      });
      expect(await books()).toEqual(BOOKED);
    }
    network.instead = [];
    expect(await pull(tomorrow(bodies.length + 1))).toBe(1);
    expect(await state()).toMatchObject({ state: "well", reason: null });
  });

  it.each([401, 403])(
    "needs attention where the key is refused (%i), says what the vendor says, and asks once",
    async (status) => {
      const { network, pull, state } = await follow(vendor);
      network.bill = BILL;
      network.instead = [() => new Response('{"error":{"message":"No such \\"key\\""}}', { status })];
      expect(await pull()).toBe(0);
      expect(network.asked).toBe(1);
      const { reason, state: now } = (await state()) ?? {};
      expect(now).toBe("attention");
      expect(reason).toContain(`answered ${status}`);
      expect(reason).toContain("No such");
      expect(reason).not.toContain("secret-of-the-vendor");
      expect(await books()).toEqual({});
    },
  );

  it("is asked again after 429, 500 and a broken line, as late as it wants", async () => {
    const { network, pull, state } = await follow(vendor);
    network.bill = BILL;
    network.instead = [
      () => new Response("", { status: 429, headers: { "retry-after": "7" } }),
      () => new Response("", { status: 500 }),
      () => new Error("socket hang up"),
    ];
    expect(await pull()).toBe(6);
    expect(network.waits).toEqual([7000, 5000, 20_000]);
    expect(await state()).toMatchObject({ state: "well" });
    expect(await books()).toEqual(BOOKED);
  });

  it("is left for later where it goes on failing, and nothing is lost", async () => {
    const { network, pull, state } = await follow(vendor);
    network.bill = BILL;
    network.instead = Array.from({ length: 4 }, () => () => new Response("", { status: 503 }));
    expect(await pull()).toBe(0);
    expect(await state()).toMatchObject({ state: "failing", reason: expect.stringContaining("503") });
    expect(await pull(new Date(NOW.getTime() + 59 * 60_000))).toBe(0);
    network.instead = [() => new Response("", { status: 429, headers: { "retry-after": "7200" } })];
    expect(await pull(new Date(NOW.getTime() + 61 * 60_000))).toBe(0);
    expect(network.waits).toHaveLength(3);
    expect(await pull(new Date(NOW.getTime() + 120 * 60_000))).toBe(0);
    expect(await pull(new Date(NOW.getTime() + 182 * 60_000))).toBe(6);
    expect(await books()).toEqual(BOOKED);
  });

  it("loses nothing where it is killed between pages", async () => {
    const { network, pull, state } = await follow(vendor);
    network.bill = BILL;
    let count = 0;
    const killed = pullVendorCosts(async (question) => {
      count += 1;
      if (count === 2) throw new Error("killed");
      return network.ask(question);
    }, NOW);
    await expect(killed).rejects.toThrow("killed");
    expect(await books()).toEqual({});
    expect(await pull()).toBe(6);
    expect(await books()).toEqual(BOOKED);
    expect(await state()).toMatchObject({ state: "well" });
  });
});

describe("an account", () => {
  it("is asked in its turn, and no more when it is removed; what it told stays", async () => {
    const { id, network, pull } = await follow("openai");
    network.bill = BILL;
    await pull();
    await askCostFeedNow(ALL, id);
    const { asked } = network;
    await pull(new Date(Date.now() + 1000));
    expect(network.asked).toBeGreaterThan(asked);
    await removeCostFeed(ALL, id);
    expect(await listCostFeeds(ALL)).toEqual([]);
    expect(await pull(tomorrow(400))).toBe(0);
    expect(await query(sql`select secret from cost_feed`)).toEqual([{ secret: null }]);
    expect(Object.keys(await books())).toContain("2026-10-19");
    await expect(removeCostFeed(ALL, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("keeps its key sealed, also when secrets are rotated", async () => {
    await follow("anthropic");
    const [row] = await query<{ secret: Buffer }>(sql`select secret from cost_feed`);
    expect(row?.secret.includes("secret-of-the-vendor")).toBe(false);
    expect((await rotateSealedSecrets()).lost).toEqual([]);
  });

  it("is refused with the field that is wrong", async () => {
    const input = { org: slug, vendor: "github" as const, account: null, agent: null, secret: "secret-of-the-vendor" };
    const wrong = (change: object) =>
      enterCostFeed(ALL, { ...input, ...change }, "test").catch((error) => error.pointer);
    expect(await wrong({})).toBe("/account");
    expect(await wrong({ vendor: "openai", account: "acme" })).toBe("/account");
    expect(await wrong({ account: "acme", agent: "nobody" })).toBe("/agent");
    expect(await wrong({ org: "nowhere" })).toBe("/org");
    await expect(enterCostFeed({ organizations: [] }, { ...input, account: "acme" }, "test")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
