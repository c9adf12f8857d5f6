import { expect, opened, test } from "./page-test";

test("filters are in the address: a shared link shows the same, Back undoes", async ({ page, browser, baseURL }) => {
  await opened(page, "/pull-requests");
  const before = await page.getByRole("heading", { level: 1 }).textContent();
  await page.getByRole("button", { name: /^Team:/ }).click();
  await page.getByRole("option", { name: "Payments" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/team=payments/);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(before ?? "");
  const narrowed = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";

  const storageState = await page.context().storageState();
  const other = await browser.newContext({ storageState, ...(baseURL !== undefined && { baseURL }) });
  const sameView = await other.newPage();
  await sameView.goto(page.url());
  await expect(sameView.getByRole("heading", { level: 1 })).toHaveText(narrowed);
  await expect(sameView.getByRole("button", { name: "Team: Payments" })).toBeVisible();
  await other.close();

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(before ?? "");
});

test("the list is searched, sorted and paged by the server, and the address keeps all of it", async ({ page }) => {
  await opened(page, "/pull-requests?period=all");
  const first = page.getByRole("rowheader").first();
  const newest = await first.textContent();

  await page.getByRole("button", { name: "Next" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(first).not.toHaveText(newest ?? "");
  const second = (await first.textContent()) ?? "";
  await page.reload();
  await expect(first).toHaveText(second);
  await expect(page.getByRole("button", { name: "First page" })).toBeVisible();

  await page.getByRole("button", { name: "Rolled back after" }).click();
  await expect(page).toHaveURL(/sort=-hoursToRollback/);
  await expect(page.getByRole("columnheader", { name: "Rolled back after" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(page.getByRole("button", { name: "First page" }), "another order begins at its start").toHaveCount(0);
  await expect(page.getByRole("row").nth(1)).toContainText(/\d+\sd$/);

  await page.getByRole("searchbox").fill("revert");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=revert/);
  await expect(first).toContainText(/revert/i);
  await page.goBack();
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test.describe("an unknown filter value", () => {
  test.use({ expectedConsole: /422/ });

  test("is said to be so, and the page stays usable", async ({ page }) => {
    await page.goto("/pull-requests?team=no-such-team");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("no-such-team");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("merged");
  });
});
