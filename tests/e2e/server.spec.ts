import { expect, test } from "@playwright/test";

test("the server says that it is live and ready", async ({ request }) => {
  expect(await (await request.get("/api/live")).json()).toEqual({ status: "live" });
  const ready = await request.get("/api/ready");
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toEqual({ status: "ready" });
});

test("every answer carries the security headers and none names the server", async ({ request }) => {
  for (const path of ["/", "/api/live", "/there-is-no-such-page"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});
