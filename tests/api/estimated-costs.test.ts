import { beforeAll, describe, expect, it } from "vitest";
import { GET as exported } from "@/app/api/v1/exports/[report]/route";
import { POST as models } from "@/app/api/v1/roi/models/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import type { TeamModels } from "@/lib/metrics/money/types";
import { ActivityFactory } from "@/tests/factories/activity";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { readWorkbook } from "@/tests/factories/workbook";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

let as: Record<string, string>;
let make: ActivityFactory;
beforeAll(async () => {
  as = await insertRoiFleet();
  const [org] = await query<{ id: number }>(sql`select id from organization where slug = 'acme'`);
  make = new ActivityFactory(org?.id ?? 0);
});
const pay = async (...cost: Parameters<ActivityFactory["cost"]>) => {
  await withTransaction((client) => appendEvents(client, [[make.cost(...cost)]]));
  await projectPendingActivity();
};
const PERIOD = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };
const sources = async () => {
  const answer: TeamModels = await (
    await call(models, "/api/v1/roi/models", { as, body: { ...PERIOD, filters: {} } })
  ).json();
  const of = (team: string | null) => answer.parts.find((part) => part.team === team)?.model.inputs;
  return {
    whole: answer.whole.inputs?.apiCost.source,
    payments: of("payments")?.apiCost.source,
    search: of("search")?.apiCost.source,
    seats: answer.whole.inputs?.seats.source,
  };
};
const estimated = async () =>
  Object.entries(await sources()).flatMap(([name, source]) =>
    source?.kind === "ledger" && source.isEstimated === true ? [name] : [],
  );
const at = "2026-03-20T12:00:00Z";

describe("what is paid for models", () => {
  it("is not called estimated where bills tell all of it", async () => {
    expect(Object.values(await sources()).map((source) => source?.kind)).toEqual(Array(4).fill("ledger"));
    expect(await estimated()).toEqual([]);
  });

  it("says of the team whose it is, and of all, that some of it is estimated", async () => {
    await pay("tokens", at, "999", { team: "payments", provider: "mistral", basis: "estimated" });
    expect(await estimated()).toEqual(["whole", "payments"]);
  });

  it("says so of every team that has a part of what is estimated of none, in the workbook too", async () => {
    await pay("others", at, "5000", { team: null, provider: "openai", basis: "estimated" });
    expect(await estimated()).toEqual(["whole", "payments", "search"]);
    const path = `/api/v1/exports/roi.xlsx?${new URLSearchParams(PERIOD)}`;
    const file = await call(exported, path, { as, params: { report: "roi.xlsx" } });
    const { sheets } = readWorkbook(Buffer.from(await file.arrayBuffer()));
    const texts = [...(sheets.get("Evidence")?.values() ?? [])].map(({ value }) => value);
    expect(texts.filter((text) => text === "some of it estimated").length).toBeGreaterThan(1);
  });

  it("says it no more once bills tell of the same", async () => {
    await pay("bill", at, "1100", { team: "payments", provider: "mistral" });
    expect(await estimated()).toEqual(["whole", "payments", "search"]);
    await pay("bill of others", at, "5100", { team: null, provider: "openai" });
    expect(await estimated()).toEqual([]);
  });
});
