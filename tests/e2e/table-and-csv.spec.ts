import { readFile } from "node:fs/promises";
import { expect, opened, test } from "./page-test";

test("a chart has a table with the same numbers, and a CSV that says the same", async ({ page }) => {
  await opened(page, "/overview");
  const panel = page.getByRole("region", { name: "Merged pull requests per week" });
  await panel.getByRole("radio", { name: "Table" }).click();
  const table = panel.getByRole("table");
  await expect(table.getByRole("columnheader", { name: "Agent", exact: true })).toBeVisible();
  const weeks = await table.getByRole("row").count();
  expect(weeks).toBe(13);

  const waiting = page.waitForEvent("download");
  await panel.getByRole("link", { name: "CSV" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect(lines[0]).toContain("authorKind");
  expect(lines.length).toBeGreaterThan(12 * 3);
});

test("the CSV of the list holds every pull request of the list", async ({ page }) => {
  await opened(page, "/pull-requests?rolledBack=true&team=payments");
  const total = Number(/[\d,]+/.exec((await page.getByRole("heading", { level: 1 }).textContent()) ?? "")?.[0]);
  expect(total).toBeGreaterThan(0);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  expect(text.trim().split(/\r?\n/)).toHaveLength(total + 1);
  const title = await page.getByRole("rowheader").first().getByRole("link").textContent();
  expect(text).toContain(title?.replaceAll('"', '""') ?? "no title");
});
