import { readFileSync } from "node:fs";
import { fromConfig } from "../e2e-environment";
import { expect, expectSound, THEMES, test, WIDTHS } from "../page-test";

/** The code that the server printed. */
function printedCode(): string {
  const code = /^\s+(\w{4}-\w{4}-\w{4})$/m.exec(readFileSync(fromConfig("EMPTY_LOG"), "utf8"))?.[1];
  if (code === undefined) throw new Error("the server printed no code");
  return code;
}

test.describe.configure({ mode: "serial" });

test.describe("the pages before anybody is signed in", () => {
  test.use({ expectedConsole: /404/ });

  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      test(`are sound: ${theme}, ${width} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 900 });
        for (const [path, heading] of [
          ["/set-up", "Who owns this installation?"],
          ["/join#no-such-token", "This link does not work"],
        ] as const) {
          await page.goto(path);
          await expect(page.getByRole("heading", { name: heading })).toBeVisible();
          await expectSound(page);
        }
      });
    }
  }
});

test.describe("the first owner", () => {
  test.use({ expectedConsole: /422/ });

  test("is made with the code of the server's output", async ({ page }) => {
    await page.goto("/overview");
    await expect(page).toHaveURL(/\/set-up$/);
    await expectSound(page);
    await page.getByLabel("Code").fill("AAAA-AAAA-AAAA");
    await page.getByLabel("Your name").fill("Olga Owner");
    await page.getByLabel("E-mail address").fill("olga@example.com");
    await page.getByLabel("Password").fill("a heron in the harbour");
    await page.getByRole("button", { name: "Make the owner" }).click();
    await expect(page.getByLabel("Code")).toHaveAccessibleDescription(/not the code of this installation/);
    await expectSound(page);
    await page.getByLabel("Code").fill(printedCode().toLowerCase());
    await page.getByRole("button", { name: "Make the owner" }).click();
    await expect(page).toHaveURL(/\/welcome$/);
    await page.context().storageState({ path: fromConfig("EMPTY_STATE") });
    await page.goto("/set-up");
    await expect(page).toHaveURL(/\/welcome$/);
  });
});
