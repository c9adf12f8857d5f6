import { expect, it, vi } from "vitest";
import { runStorm } from "@/tests/chaos/storm/run-storm";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});

// The short form of `npm run chaos -- storm`.
it("a storm of deliveries with kills of web, worker and database loses and doubles nothing", {
  timeout: 240_000,
}, async () => {
  const report = await runStorm({
    deliveries: 600,
    repositories: 3,
    pullRequests: 40,
    kills: 6,
    seed: 8,
    whole: false,
  });
  expect(report.problems).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(300);
  for (const kills of Object.values(report.kills)) expect(kills).toBeGreaterThan(0);
});
