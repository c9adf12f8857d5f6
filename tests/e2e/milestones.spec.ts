import { readFile } from "node:fs/promises";
import { expect, expectSound, opened, test } from "./page-test";

const TITLE = "Agents read the architecture first";

test("a day is marked, shows on charts over time, and what followed is held against what came before", async ({
  page,
}) => {
  await opened(page, "/adoption");
  const panel = page.getByRole("region", { name: "What did you change, and what followed?" });
  await panel.getByLabel("What was changed").fill(TITLE);
  await panel.getByLabel("Since").fill("2026-09-07");
  await panel.getByLabel("Kind").selectOption("Instructions");
  await panel.getByRole("button", { name: "Mark the day" }).click();
  await expect(panel.getByRole("heading", { name: `${TITLE}: before and after` })).toBeVisible();
  const shares = panel.getByRole("table", { name: `${TITLE}: shares before and after` });
  await expect(shares.getByRole("row", { name: /Reworked before the merge/ })).toContainText(/\d+\sof\s\d+/);
  await panel.getByText("4 weeks").click();
  await expect(panel.getByText(/^4 weeks before 7 Sep 2026/)).toBeVisible();
  await expectSound(page);
  await opened(page, "/review");
  await expect(page.getByRole("list", { name: "What was changed" }).getByText(TITLE)).toBeAttached();
  await opened(page, "/adoption");
  await panel.getByRole("button", { name: `Remove: ${TITLE}` }).click();
  await expect(panel.getByText(TITLE)).toHaveCount(0);
});

test("a chart is saved as a picture with its period", async ({ page }) => {
  await opened(page, "/review");
  const panel = page.getByRole("region", { name: "How much agent work has to be done over before it is merged?" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    panel.getByRole("button", { name: "PNG" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("how-much-agent-work-has-to-be-done-over-before-it-is-merged.png");
  const bytes = await readFile(await download.path());
  const box = await panel.boundingBox();
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  // Twice as wide as it stands on the screen, and not a blank sheet.
  expect(bytes.readUInt32BE(16)).toBe(Math.round(box?.width ?? 0) * 2);
  expect(bytes.length).toBeGreaterThan(30_000);
});

test("signs of something going wrong are switched one by one", async ({ page }) => {
  await opened(page, "/quality");
  const panel = page.getByRole("region", { name: "What goes wrong first?" });
  await expect(panel.getByText(/show any of these signs within 7 days/)).toBeVisible();
  await panel.getByLabel(/Reverted/).uncheck();
  await expect(panel.getByText(/show one of the signs that are chosen within 7 days/)).toBeVisible();
  for (const sign of [/Taken back in production/, /hotfix/]) await panel.getByLabel(sign).uncheck();
  // One is left: without any there would be no question.
  await expect(panel.getByLabel(/incident/)).toBeDisabled();
});
