import { expect, opened, test } from "./page-test";

test("what is invented says so on every page, and is removed only after a question", async ({ page }) => {
  for (const path of ["/overview", "/rollbacks", "/pull-requests", "/data-health"]) {
    await opened(page, path);
    await expect(page.getByRole("complementary", { name: "Sample data" })).toContainText("not real data");
  }
  await page.getByRole("button", { name: "Remove the sample" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the sample fleet?" });
  await expect(dialog).toContainText("What you imported yourself stays");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
});

test("data health shows every repository and groups what needs a person", async ({ page }) => {
  await opened(page, "/data-health");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("60 repositories");
  const repositories = page.getByRole("region", { name: "Repositories" });
  await expect(repositories.getByRole("row")).toHaveCount(9);
  await repositories.getByRole("button", { name: /show all 60/i }).click();
  await expect(repositories.getByRole("row")).toHaveCount(61);
  const bots = page.getByRole("region", { name: "Unknown bots" });
  await bots
    .getByRole("link", { name: /^#\d+$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/pull-requests\/\d+-\d+/);
});
