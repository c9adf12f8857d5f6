import { openPage } from "@/bench/browser/page-load";
import { expect, test } from "./page-test";

const FIRST_LIMIT = 200_000;
const ALL_LIMIT = 320_000;
/** A hundredth of what counts as good (0.1). */
const STILL = 0.001;
/** Bytes per second: a document comes in many pieces, and each is drawn before the next is there. */
const SLOW = 60_000;
const PAGES = ["/overview", "/rollbacks", "/pull-requests", "/data-health", "/reports", "/connections", "/welcome"];

for (const path of PAGES) {
  test(`${path} loads little JavaScript, and nothing on it moves`, async ({ context, baseURL }) => {
    const { load } = await openPage(context, `${baseURL}${path}`);
    expect(load.scripts).toBeGreaterThan(5);
    expect(load.firstScriptBytes, "compressed bytes of the scripts that the document names").toBeLessThan(FIRST_LIMIT);
    expect(load.scriptBytes, "compressed bytes of all scripts").toBeLessThan(ALL_LIMIT);
    expect(load.layoutShift, load.moved.join("\n")).toBeLessThan(STILL);
  });
}

for (const path of PAGES) {
  for (const height of [720, 1600]) {
    test(`nothing on ${path} moves while it comes in pieces, on ${height} lines`, async ({ context, baseURL }) => {
      const url = `${baseURL}${path}`;
      // Once before, so that scripts and fonts are there and the document alone is slow.
      const { page: first } = await openPage(context, url);
      await first.close();
      const { load } = await openPage(context, url, { bytesPerSecond: SLOW, viewport: { width: 1280, height } });
      expect(load.layoutShift, load.moved.join("\n")).toBeLessThan(STILL);
    });
  }
}

test("the Overview comes with its numbers and asks for nothing more", async ({ context, baseURL }) => {
  const { html, load, page } = await openPage(context, `${baseURL}/overview`);
  const headline = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const sent = html.replaceAll(/<script[\s\S]*?<\/script>/g, "").replaceAll(/<[^>]+>|<!--.*?-->/g, "");
  expect(sent).toContain(headline);
  for (const title of ["What changed most", "Latest rollbacks", "Teams"]) expect(sent).toContain(title);
  expect(load.apiCalls).toBe(0);
});

test("scripts come compressed", async ({ page }) => {
  const encodings = new Set<string>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script" && Number(response.headers()["content-length"] ?? 2000) > 1024)
      encodings.add(response.headers()["content-encoding"] ?? "none");
  });
  await page.goto("/overview");
  await page.waitForLoadState("networkidle");
  expect([...encodings]).toEqual(["gzip"]);
});

test("a filter is one question, and its answer moves nothing", async ({ page }) => {
  await page.goto("/overview");
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname);
  });
  await page.getByRole("button", { name: /^Team:/ }).click();
  await page.getByRole("option", { name: "Payments" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/team=payments/);
  // The list below the first screen is asked for once the figures are there, and nothing after it.
  await expect.poll(() => asked).toEqual(["/api/v1/metrics/batch", "/api/v1/rollbacks"]);
  await expect(page.getByRole("region", { name: "Latest rollbacks" })).not.toHaveAttribute("aria-busy", "true");
  expect(asked).toEqual(["/api/v1/metrics/batch", "/api/v1/rollbacks"]);
});
