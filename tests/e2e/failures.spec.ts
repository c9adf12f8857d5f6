import { expect, opened, test } from "./page-test";

test("a lead sees why work fails, opens a failure that nobody looked at, and says why", async ({ page }) => {
  await opened(page, "/quality");
  const causes = page.getByRole("region", { name: "Why does agent work fail?" });
  await expect(causes.getByRole("link", { name: "Missing context" })).toBeVisible();
  await causes.getByRole("link", { name: /nobody has looked at$/ }).click();
  await expect(page).toHaveURL(/\/pull-requests\?.*cause=not_triaged/);
  await expect(page.getByRole("button", { name: "Remove: Failed, and nobody has said why" })).toBeVisible();
  const total = await page.getByRole("heading", { level: 1 }).textContent();
  expect(total).toMatch(/^\d+\spull requests merged/);

  await page.getByRole("row").nth(1).getByRole("link").first().click();
  const failure = page.getByRole("region", { name: "Why did it fail?" });
  await expect(failure).toContainText("Nobody has said why yet.");
  await failure.getByLabel("Cause").selectOption("Scope creep");
  await expect(failure).toContainText("Figures follow within a minute.");
  await page.reload();
  await expect(failure.getByLabel("Cause")).toHaveValue("scope_creep");
  // What was said is taken back, so that the sample stays as it was.
  await failure.getByLabel("Cause").selectOption("Not said");
  await expect(failure).toContainText("Nobody has said why yet.");
});

test("the list of a cause is as long as its bar says", async ({ page }) => {
  await opened(page, "/quality");
  const causes = page.getByRole("region", { name: "Why does agent work fail?" });
  const bar = causes.getByRole("listitem").filter({ hasText: "Logic error" });
  const count = (await bar.textContent())?.match(/(\d+)$/)?.[1] ?? "";
  await bar.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(new RegExp(`^${count}\\spull requests`));
});

test("how often a fix is deployed until it holds adds up to the incidents that were mended", async ({ page }) => {
  await opened(page, "/quality");
  const panel = page.getByRole("region", { name: "How often is a fix deployed until it holds?" });
  await expect(panel).toContainText(/Median \d/);
  await expect(panel.getByRole("listitem")).toHaveCount(4);
});
