import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/repository-owners/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { migrateJobs } from "@/lib/jobs/worker";
import { ensureOrganization } from "@/lib/settings/organizations";
import { HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

const database = useTestDatabase();
const PATH = "/api/v1/repository-owners";
let orgId: number;

beforeAll(async () => {
  await migrateJobs(database.url);
  orgId = (await ensureOrganization({ slug: "owned" })).id;
  const history = new HistoryFactory(orgId, "app");
  history.land({ title: "One", number: 1, at: "2026-03-02T09:00:00Z" });
  history.land({ title: "Two", number: 2, at: "2026-03-09T09:00:00Z" });
  await withTransaction((client) => appendEvents(client, [history.events()]));
  await projectPending();
});

const teams = async () => {
  await projectPending();
  return query(
    sql`select f.number, t.slug as team, t.name from fact_pull_request f left join team t on t.id = f.team_id
      where f.org_id = ${orgId} order by f.number`,
  );
};

describe("owner teams of repositories", () => {
  it("are given from a day on or from the beginning, and what is merged follows", async () => {
    expect(await teams()).toEqual([
      { number: 1, team: null, name: null },
      { number: 2, team: null, name: null },
    ]);
    const body = { repository: "owned/app", team: "Growth Tools", from: "2026-03-05" };
    expect((await call(POST, PATH, { body })).status).toBe(200);
    expect(await teams()).toEqual([
      { number: 1, team: null, name: null },
      { number: 2, team: "growth-tools", name: "Growth Tools" },
    ]);
    expect((await call(POST, PATH, { body: { repository: "owned/app", team: "platform" } })).status).toBe(200);
    expect(await teams()).toMatchObject([{ team: "platform" }, { team: "growth-tools" }]);
  });

  it.each([
    [{ repository: "app", team: "a" }, 422, "/repository"],
    [{ repository: "owned/app", team: "" }, 422, "/team"],
    [{ repository: "owned/app", team: "a", from: "soon" }, 422, "/from"],
    [{ repository: "owned/nothing", team: "a" }, 404, undefined],
  ])("refuse %j", async (body, status, pointer) => {
    const response = await call(POST, PATH, { body });
    expect([response.status, (await response.json()).pointer]).toEqual([status, pointer]);
  });
});
