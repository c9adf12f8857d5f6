import { expect, test } from "@playwright/test";
import { fromConfig } from "./e2e-environment";

test.use({ extraHTTPHeaders: { authorization: `Bearer ${fromConfig("KEY")}` } });

test("the API answers what the screens show", async ({ request }) => {
  const metrics = await (await request.get("/api/v1/metrics")).json();
  const ids = metrics.items.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["prs_merged_week", "ai_share_prs", "rollback_rate_24h", "rollback_rate_7d"]),
  );

  for (const dimension of ["team", "repo"]) {
    const known = metrics.items.flatMap(({ dimensions, id }: { dimensions: string[]; id: string }) =>
      dimensions.includes(dimension) ? id : [],
    );
    expect(known.length).toBeGreaterThan(30);
    const answer = await request.post("/api/v1/metrics/query", {
      data: { metrics: known, from: "2026-08-01", to: "2026-10-01", grain: null, groupBy: [dimension], filters: {} },
    });
    expect(answer.status()).toBe(200);
    expect((await answer.json()).results).toHaveLength(known.length);
  }

  const list = await (await request.get("/api/v1/pull-requests?limit=1&rolledBack=true")).json();
  const [item] = list.items;
  expect(item).toMatchObject({ isSample: true, hoursToRollback: expect.any(Number) });
  const detail = await (await request.get(`/api/v1/pull-requests/${item.id}`)).json();
  expect(detail.rollbacks[0]).toMatchObject({ counts: true, evidence: expect.any(Array) });
  for (const path of ["/api/v1/rollbacks", "/api/v1/dimensions", "/api/v1/data-health", "/api/openapi.json"]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});

test("mistakes are problem documents that name the field", async ({ request }) => {
  const unknown = await request.post("/api/v1/metrics/query", {
    data: { metrics: ["no_such_metric"], from: "2026-08-01", to: "2026-10-01" },
  });
  expect(unknown.status()).toBe(422);
  expect(unknown.headers()["content-type"]).toContain("application/problem+json");
  expect(await unknown.json()).toMatchObject({ pointer: "/metrics/0" });
  expect((await request.delete("/api/v1/pull-requests")).status()).toBe(405);
  expect((await request.get("/api/v1/pull-requests/0-0")).status()).toBe(404);
});

test("only this machine's own pages are answered", async ({ request }) => {
  const headers = { origin: "https://example.org" };
  expect((await request.delete("/api/v1/sample", { headers })).status()).toBe(403);
  expect((await request.get("/api/v1/metrics", { headers: { host: "rebound.example.org" } })).status()).toBe(403);
});
