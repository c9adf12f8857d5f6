import { expect, opened, test } from "./page-test";

test("an engineering lead reads who works with agents, which team falls behind, and what came of it", async ({
  page,
}) => {
  await opened(page, "/adoption");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^At least \d+\s% of the people/);
  await expect(page.getByText("Fulfilment shows signs of a rollout that fails.")).toBeVisible();
  const rollout = page.getByRole("table", { name: "Rollout by team" });
  await expect(rollout.getByRole("row", { name: /Fulfilment/ })).toContainText("weeks after the rollout began");
  const effect = page.getByRole("region", { name: "What came of it?" });
  await expect(effect).toContainText("Identity, Infrastructure and Ledger & billing had not yet");
  await expect(effect).toContainText("not called significant");
  await effect.getByRole("radio", { name: "Review", exact: true }).check();
  await expect(page).toHaveURL(/effect=stage_review/);
  await expect(effect).toContainText("the effect is a ratio");
  // From an agent's people to its pull requests.
  await page.getByRole("region", { name: "With which agents?" }).getByRole("link", { name: "Cursor" }).click();
  await expect(page).toHaveURL(/\/pull-requests\?.*agent=cursor/);
});

test.describe("what is entered wrong is said", () => {
  test.use({ expectedConsole: /422/ });

  test("an admin dates a team's rollout, and what is wrong is said", async ({ page }) => {
    await opened(page, "/users/teams");
    await page.getByRole("button", { name: "Rollout of Search" }).click();
    const dialog = page.getByRole("dialog", { name: "Rollout of Search" });
    const full = await dialog.getByLabel("Full").inputValue();
    await dialog.getByLabel("Full").fill("2025-01-01");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Full begins on 2025-01-01, before");
    await dialog.getByLabel("Full").fill("2026-09-01");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "Rollout of Search" })).toHaveText("Full, 2026-09-01");
    await page.getByRole("button", { name: "Rollout of Search" }).click();
    await dialog.getByLabel("Full").fill(full);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "Rollout of Search" })).toHaveText(`Full, ${full}`);
  });

  test("a roster that is wrong is refused with its line", async ({ page }) => {
    await opened(page, "/users/teams");
    await page.getByLabel("Roster as CSV").fill("team,login,fte\nSearch,ada,2");
    await page.getByRole("button", { name: "Enter roster" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Line 2, fte" })).toBeVisible();
  });
});
