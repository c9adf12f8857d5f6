import { expect, expectSound, opened, test } from "./page-test";

// What is refused says so with its status.
test.use({ expectedConsole: /422/ });

test("how long data is kept is said at the field, saved, and still there; names are switched on and off", async ({
  page,
}) => {
  await opened(page, "/settings");
  const days = page.getByLabel("Days to keep deliveries of webhooks");
  await expect(days).toHaveValue("90");
  for (const [wrong, reason] of [
    ["20", "must be at least 35 days"],
    ["soon", "must be a whole number of days, or empty"],
  ] as const) {
    await days.fill(wrong);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(reason)).toBeVisible();
  }
  await expectSound(page);
  await days.fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await opened(page, "/settings");
  await expect(days).toHaveValue("");
  await days.fill("90");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  const names = page.getByLabel(/^Name the people/);
  await expect(names).not.toBeChecked();
  await names.check();
  await opened(page, "/settings");
  await expect(names).toBeChecked();
  await names.uncheck();
  await opened(page, "/settings");
  await expect(names).not.toBeChecked();
});
