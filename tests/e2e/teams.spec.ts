import { expect, expectSound, opened, test } from "./page-test";

test("a lead finds a team's figures, its course, and whether it stands out beyond chance", async ({ page }) => {
  await opened(page, "/teams");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("teams");
  const every = page.getByRole("region", { name: "Every team" });
  await every.getByRole("radio", { name: "Quality" }).check();
  await expect(page).toHaveURL(/topic=quality/);
  await expect(every.getByRole("columnheader", { name: "Rolled back, 7 d" })).toBeVisible();

  const course = page.getByRole("region", { name: "How did each team go?" });
  await course.getByRole("radio", { name: "Table" }).check();
  await expect(course.getByRole("row", { name: /^Payments/ })).toBeVisible();

  const ranking = page.getByRole("region", { name: "Who stands out beyond chance?" });
  await expect(ranking.getByRole("listitem").first()).toContainText("Data platform");
  await ranking.getByRole("radio", { name: "By estimate" }).check();
  await expect(ranking.getByRole("listitem").first()).toContainText("Payments");
  await expectSound(page);
  await ranking.getByRole("link", { name: "Payments" }).click();
  await expect(page).toHaveURL(/\/pull-requests\?.*rolledBack=true&window=7d/);
  await expect(page).toHaveURL(/team=payments/);
});

test("figures of deliveries lead to the deployments", async ({ page }) => {
  await opened(page, "/teams?topic=delivery");
  await page
    .getByRole("region", { name: "Every team" })
    .getByRole("row", { name: /^Payments/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/quality\?.*operations=deployments/);
  await expect(page.getByRole("region", { name: "Which deployments, and what became of them?" })).toBeVisible();
});
