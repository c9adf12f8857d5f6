import { fromConfig } from "./e2e-environment";
import { expect, expectSound, opened, test } from "./page-test";

const { email, password } = JSON.parse(fromConfig("OWNER")) as { email: string; password: string };

test.describe("whoever is not signed in", () => {
  test.use({ expectedConsole: /401/ });

  test("signs in, and comes to where they wanted to go", async ({ page }) => {
    await page.goto("/rollbacks?period=4w");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Frollbacks%3Fperiod%3D4w$/);
    await expectSound(page);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/rollbacks\?period=4w$/);
    await opened(page, "/overview");
    await page.context().storageState({ path: fromConfig("SAMPLE_STATE") });
  });
});
