import { expect, expectSound, opened, test } from "./page-test";

test("Ctrl K leads to a page, a team and a pull request by name, without a mouse", async ({ page }) => {
  await opened(page, "/velocity");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to" });
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await expectSound(page);
  await field.fill("rollb");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/rollbacks$/);
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+k");
  await field.fill("Payments");
  await palette.getByRole("option", { name: "Payments", exact: true }).click();
  await expect(page).toHaveURL(/\/rollbacks\?team=payments/);

  await page.getByRole("button", { name: "Go to" }).click();
  await field.fill("mandate");
  await palette.getByRole("option", { name: "Titles and numbers with “mandate”" }).click();
  await expect(page).toHaveURL(/\/pull-requests\?.*q=mandate/);
  await expect(page.getByRole("row").nth(1)).toContainText(/mandate/i);
});

test("a view is saved by a name, found again, and removed", async ({ page }) => {
  await opened(page, "/rollbacks?team=payments");
  const palette = page.getByRole("dialog", { name: "Go to" });
  const field = palette.getByRole("combobox");
  await page.keyboard.press("Control+k");
  await field.fill("Monday look");
  await palette.getByRole("option", { name: "This view as “Monday look”", exact: true }).click();
  await expect(field).toHaveValue("");
  await expect(palette.getByRole("option", { name: "Monday look" })).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await opened(page, "/velocity");
  await page.keyboard.press("Control+k");
  await field.fill("monday");
  await palette.getByRole("option", { name: "Monday look" }).click();
  await expect(page).toHaveURL(/\/rollbacks\?team=payments$/);
  await opened(page, "/account");
  const views = page.getByRole("region", { name: "Saved views" });
  await expect(views.getByRole("link", { name: "Monday look" })).toHaveAttribute("href", "/rollbacks?team=payments");
  await views.getByRole("button", { name: "Remove: Monday look" }).click();
  await expect(views.getByRole("link", { name: "Monday look" })).toHaveCount(0);
});

test("what is typed is forgotten with Escape, and the focus goes back to where it was", async ({ page }) => {
  await opened(page, "/overview");
  const button = page.getByRole("button", { name: "Go to" });
  await button.click();
  await page.getByRole("combobox").fill("nothing of the kind at all");
  await expect(page.getByRole("option", { name: /Titles and numbers/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Go to" })).toBeHidden();
  await expect(button).toBeFocused();
});
