import { readFile } from "node:fs/promises";
import { expect, expectSoundInBothThemes, opened, test } from "./page-test";

test("a quarter’s reports are chosen, made meanwhile, and downloaded", async ({ page }) => {
  await opened(page, "/reports?period=last-quarter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1 Jul – 30 Sep 2026");
  const made = page.getByRole("table", { name: "Reports that were made" });
  for (const [name, file, magic] of [
    ["Return on investment, for a board as PDF", "fleetgauge-roi-2026-07-01-to-2026-09-30.pdf", "%PDF"],
    ["Return on investment, with its calculation as XLSX", "fleetgauge-roi-2026-07-01-to-2026-09-30.xlsx", "PK"],
    ["Rollbacks as CSV", "fleetgauge-rollbacks.csv", ""],
  ] as const) {
    await page.getByRole("button", { name }).click();
    const link = made.getByRole("link", { name: `Download ${file}` });
    await expect(link).toBeVisible({ timeout: 30_000 });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe(file);
    expect((await readFile(await download.path(), "latin1")).startsWith(magic)).toBe(true);
  }
  await expect(made.getByRole("row", { name: /roi-2026-07-01/ }).first()).toContainText("1 Jul 2026 to 30 Sep 2026");
  await expectSoundInBothThemes(page);
});
