import { expect, it, vi } from "vitest";
import { GET as metrics } from "@/app/api/v1/metrics/route";
import { pruneAccounts } from "@/lib/auth/prune-accounts";
import { forgiveTurn, takeTurn } from "@/lib/auth/rate-limit";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

vi.hoisted(() => {
  process.env.API_REQUESTS_PER_MINUTE = "5";
});
useTestDatabase();

it("requests are counted by caller, and too many wait", async () => {
  const as = await sessionOf(await insertUser("viewer"));
  const statuses: number[] = [];
  for (let count = 0; count < 7; count += 1) statuses.push((await call(metrics, "/api/v1/metrics", { as })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const refused = await call(metrics, "/api/v1/metrics", { as });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(12);
  const other = await sessionOf(await insertUser("viewer"));
  expect((await call(metrics, "/api/v1/metrics", { as: other })).status).toBe(200);
});

it("a pace lets so many through at once and one by one after it, exactly, however many ask at a time", async () => {
  const pace = { burst: 10, seconds: 600 };
  const answers = await Promise.all(Array.from({ length: 40 }, () => takeTurn("crowd", pace)));
  expect(answers.filter((wait) => wait === null)).toHaveLength(10);
  for (const wait of answers) expect(wait ?? 60).toBeCloseTo(60, -1);
  // One turn is 60 seconds: after that one more is let through, and only one.
  await execute(sql`update rate_limit set due_at = due_at - interval '61 seconds' where key = 'crowd'`);
  expect(await takeTurn("crowd", pace)).toBeNull();
  expect(await takeTurn("crowd", pace)).toBeGreaterThan(50);
  await forgiveTurn("crowd", pace);
  expect(await takeTurn("crowd", pace)).toBeNull();
});

it("what nobody can use any more is deleted, and nothing else", async () => {
  await takeTurn("gone", { burst: 1, seconds: 1 });
  await execute(sql`update rate_limit set due_at = now() - interval '1 second' where key = 'gone'`);
  await takeTurn("here", { burst: 1, seconds: 60 });
  const id = await insertUser("viewer");
  await sessionOf(id, { id: "over", isExpired: true });
  await sessionOf(id, { id: "open" });
  await pruneAccounts();
  expect(await query(sql`select key from rate_limit where key in ('gone', 'here')`)).toEqual([{ key: "here" }]);
  expect(await query(sql`select id from user_session where user_id = ${id}`)).toEqual([{ id: "open" }]);
});
