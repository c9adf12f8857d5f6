import { expect, expectSoundInBothThemes, opened, test } from "./page-test";

test.describe("a correction", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused without a reason, stands as evidence, and is taken back", async ({ page }) => {
    test.setTimeout(180_000);
    await opened(page, "/pull-requests?authorKind=human");
    await page.getByRole("row").getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Is this wrong?" })).toBeVisible();
    const { pathname } = new URL(page.url());
    await page.getByRole("button", { name: "Correct it" }).click();
    const form = page.getByRole("form", { name: "Correction" });
    await form.getByLabel("Written by").selectOption("agent");
    await form.getByLabel("Which agent").selectOption("devin");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByRole("textbox", { name: "Why" })).toHaveAccessibleDescription(/says why/);
    await expectSoundInBothThemes(page);
    await form.getByRole("textbox", { name: "Why" }).fill("The branch was pushed by hand");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Noted.")).toBeVisible();
    const said = page.getByRole("region", { name: "What we say, and why" });
    await expect(async () => {
      await page.goto(pathname);
      await expect(said).toContainText("corrected this on", { timeout: 1000 });
    }).toPass({ timeout: 90_000 });
    await expect(said).toContainText("Devin");
    await expect(page.getByText(/corrected it on .*: The branch was pushed by hand/)).toBeVisible();
    await page.getByRole("button", { name: "Change the correction" }).click();
    await form.getByLabel("Written by").selectOption("");
    await form.getByLabel("Which agent").selectOption("");
    await form.getByRole("textbox", { name: "Why" }).fill("It was a person after all");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Noted.")).toBeVisible();
    await expect(async () => {
      await page.goto(pathname);
      await expect(page.getByRole("button", { name: "Correct it" })).toBeVisible({ timeout: 1000 });
      await expect(said).not.toContainText("Devin", { timeout: 1000 });
    }).toPass({ timeout: 90_000 });
  });
});
