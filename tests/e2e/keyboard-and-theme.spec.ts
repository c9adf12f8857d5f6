import { expect, opened, test } from "./page-test";

test("the keyboard alone reaches the content, a definition, a filter and a pull request", async ({ page }) => {
  await opened(page, "/overview");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  const definition = page.getByRole("button", { name: "Merged by agents" });
  for (let step = 0; step < 20 && !(await isFocused(definition)); step += 1) await page.keyboard.press("Tab");
  await expect(definition).toBeFocused();
  await expect(page.getByText("Eligible merged pull requests that an agent wrote")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^Team:/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("search");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/team=search/);
  await expect(page.getByRole("button", { name: /^Team:/ })).toBeFocused();
});

async function isFocused(locator: { evaluate<R>(of: (element: Element) => R): Promise<R> }): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

test("on a phone the menu opens, traps the focus and closes on a choice", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await opened(page, "/overview?team=payments");
  await page.getByRole("button", { name: "Open the menu" }).click();
  const menu = page.getByRole("dialog");
  await menu.getByRole("link", { name: "Rollbacks" }).click();
  await expect(page).toHaveURL(/\/rollbacks\?team=payments/);
  await expect(menu).toBeHidden();
});

test("the theme follows the system until it is chosen, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await opened(page, "/overview");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("group", { name: "Theme" }).getByRole("radio", { name: "Light" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});
