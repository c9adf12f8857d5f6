import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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

test("a week is shown before it is sent, sent to a chat by itself and at once, and sent no more", async ({ page }) => {
  const posts: string[] = [];
  const chat = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    posts.push(text);
    response.end("ok");
  });
  await new Promise<void>((resolve) => chat.listen(0, "127.0.0.1", resolve));
  try {
    await opened(page, "/reports");
    const form = page.getByRole("form", { name: "What is sent" });
    await form.getByRole("combobox", { name: "What is sent" }).selectOption("slack");
    await form.getByRole("combobox", { name: "Of which team" }).selectOption({ label: "Payments" });
    const webhook = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/hook`;
    await form.getByLabel("Address of the webhook").fill(webhook);
    await form.getByRole("button", { name: "Show what would be sent" }).click();
    const shown = form.getByRole("region", { name: "What would be sent" });
    await expect(shown).toContainText("Payments, Northwind Labs (sample): what agents shipped");
    // The sample ends long ago.
    await expect(shown).toContainText("Nothing is known of this week: no data have come of it");
    expect(posts).toEqual([]);
    await shown.getByRole("button", { name: "Have it sent from now on" }).click();
    const list = page.getByRole("table", { name: "Reports that are sent by themselves" });
    await list.getByRole("button", { name: "Send now" }).click();
    const sent = page.getByRole("table", { name: "Reports that were sent" });
    await expect(sent.getByRole("row", { name: /Payments, Northwind Labs/ })).toContainText("Sent on", {
      timeout: 30_000,
    });
    expect(posts).toHaveLength(1);
    expect(posts[0]).toContain("what agents shipped");
    await expectSoundInBothThemes(page);
    await list.getByRole("button", { name: "Remove" }).click();
    await expect(list).toBeHidden();
  } finally {
    chat.close();
  }
});

test.describe("a month to nobody", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused at its field; with somebody it is shown, and that there is no mail server", async ({ page }) => {
    await opened(page, "/reports");
    const form = page.getByRole("form", { name: "What is sent" });
    await form.getByLabel("To whom").fill("the board");
    await form.getByRole("button", { name: "Show what would be sent" }).click();
    await expect(form.getByLabel("To whom")).toHaveAccessibleDescription(/must be an e-mail address/);
    await form.getByLabel("To whom").fill("board@example.com");
    await form.getByRole("button", { name: "Show what would be sent" }).click();
    const shown = form.getByRole("region", { name: "What would be sent" });
    await expect(shown.getByRole("listitem").first()).toContainText(".pdf");
    await expect(shown.getByRole("button", { name: "Have it sent from now on" })).toBeDisabled();
    await expect(form.getByText("No mail server is set.")).toBeVisible();
  });
});
