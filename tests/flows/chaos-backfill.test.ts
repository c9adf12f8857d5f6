import { expect, it } from "vitest";
import { runBackfill } from "@/tests/chaos/backfill/run-backfill";

// The short form of `npm run chaos -- backfill`.
it("a backfill with faults and kills is complete and asks for hardly more", { timeout: 240_000 }, async () => {
  const report = await runBackfill({ repositories: 12, pullRequests: 30, faults: 25, kills: 6, seed: 3 });
  expect(report.problems).toEqual([]);
  expect(report.objects).toBeGreaterThan(3000);
});
