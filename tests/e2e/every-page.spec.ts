import type { Page } from "@playwright/test";
import { expect, expectSound, expectSoundInBothThemes, opened, test, WIDTHS } from "./page-test";

const PAGES = {
  Overview: "/overview",
  "Overview of little": "/overview?repo=sample-fleet%2Feval-harness&period=4w",
  Velocity: "/velocity",
  "Velocity of people": "/velocity?authorKind=human&figure=stage_review",
  Rollbacks: "/rollbacks",
  "Rollbacks of little": "/rollbacks?repo=sample-fleet%2Feval-harness&period=4w",
  "Rework and review": "/review",
  "Rework and review of little": "/review?repo=sample-fleet%2Feval-harness&period=4w",
  Quality: "/quality",
  "By team": "/teams",
  Adoption: "/adoption",
  Cost: "/costs",
  "Monthly close": "/closes",
  Reports: "/reports",
  ROI: "/roi",
  "ROI of one team": "/roi?team=mobile",
  Benchmarks: "/benchmarks",
  "Pull requests": "/pull-requests",
  "Pull requests behind a figure": "/pull-requests?metric=unreviewed_merge_rate&part=counted",
  "Pull requests, none": "/pull-requests?q=nothing+is+called+this",
  "Data health": "/data-health",
  Connections: "/connections",
  Deliveries: "/connections/deliveries",
  "Get started": "/welcome",
  Users: "/users",
  "Teams and who sees them": "/users/teams",
  Keys: "/api-keys",
  "Audit log": "/audit",
  "Rules of attribution": "/rules?account=acme-coder%5Bbot%5D",
  Settings: "/settings",
  "Own account": "/account",
};

/** In each width and theme; the page is loaded once, and follows the window. */
async function expectSoundInEveryWidth(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expectSoundInBothThemes(page);
  }
}

test.describe("wide and narrow, light and dark", () => {
  test.use({ viewport: { width: WIDTHS[0], height: 900 } });

  for (const [name, path] of Object.entries(PAGES)) {
    test(`${name} is sound`, async ({ page }) => {
      await opened(page, path);
      await expectSoundInEveryWidth(page);
    });
  }

  test("one pull request is sound", async ({ page }) => {
    await opened(page, "/pull-requests?rolledBack=true");
    await page.getByRole("row").getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "What we say, and why" })).toBeVisible();
    await expectSoundInEveryWidth(page);
  });
});

test.describe("a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test("opens the Overview, the longest page, as a phone does", async ({ page }) => {
    await opened(page, "/overview");
    await expectSoundInBothThemes(page);
  });
});

test.describe("a pull request that does not exist", () => {
  test.use({ expectedConsole: /404/ });

  test("says so, and is found by nobody", async ({ page }) => {
    const response = await page.goto("/pull-requests/999999-1");
    expect(response?.status()).toBe(404);
    await expect(page.getByText("There is no such pull request here")).toBeVisible();
    await expectSound(page);
  });
});
