import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { foundCompany } from "@/bench/company/company";
import { resolveSize } from "@/bench/company/size";
import { withPool } from "@/bench/database/open";
import { writeSettings } from "@/bench/load/settings";
import { withCluster } from "@/bench/scale-out/cluster";
import { deliver, deliveriesOf } from "@/bench/scale-out/deliveries";
import { askWorkersToProject, waitForProjection } from "@/bench/scale-out/projection-queue";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { useReplica } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { verifyFacts } from "@/lib/facts/verify";
import { openFacts } from "@/lib/metrics/columns/store";

const SIZE = resolveSize({ size: "600", repositories: 8, teams: 2, people: 10, pullRequestsOnly: true });

/** What this process would answer from. */
async function shown(): Promise<number> {
  const { directory, table } = await openFacts(SYSTEM_SCOPE);
  return directory.orgs.reduce((sum, { id }) => sum + (table(id)?.length ?? 0), 0);
}

async function stored(): Promise<number> {
  const [row] = await query<{ n: number }>(sql`select count(*) as n from fact_pull_request`);
  return row?.n ?? 0;
}

describe("two workers on a primary, read through its replica", () => {
  it("project every delivery exactly once, though one of them is killed in the middle", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-scale-out-"));
    await withCluster(process.cwd(), folder, ({ primaryUrl, replicaUrl, startWorker }) =>
      withPool(primaryUrl, async () => {
        useReplica(replicaUrl);
        const company = foundCompany(SIZE);
        const orgId = await writeSettings(company);
        const portions = company.repositories.map((repository) => deliveriesOf(company, repository, orgId, 2));
        const [doomed, steady] = [startWorker("first worker"), startWorker("second worker")];

        for (const [first] of portions) await deliver(first ?? []);
        await askWorkersToProject();
        await waitForProjection([doomed, steady]);
        const half = await stored();
        expect(half).toBeGreaterThan(0);
        await expect.poll(shown, { timeout: 120_000 }).toBe(half);

        for (const [, second] of portions) await deliver(second ?? []);
        await askWorkersToProject();
        await waitForProjection([doomed, steady], portions.length - 1);
        await doomed.kill();
        await waitForProjection([steady]);
        expect(await stored()).toBe(SIZE.pullRequests - SIZE.closed);
        await expect.poll(shown, { timeout: 120_000 }).toBe(SIZE.pullRequests - SIZE.closed);
        expect(await verifyFacts()).toEqual({ checked: SIZE.repositories, mismatches: [] });
      }),
    );
  }, 180_000);
});
