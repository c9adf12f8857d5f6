import { readFile } from "node:fs/promises";
import { expect, expectSoundInBothThemes, opened, test } from "./page-test";

test("ROI says whether it pays, and answers at once what would be if", async ({ page }) => {
  await opened(page, "/roi");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /Agents bring \$[\d,]+ a month more than they cost/,
  );
  const turned = page.getByRole("region", { name: "What if?" });
  const net = turned.getByRole("definition").first();
  const before = await net.textContent();
  await turned.getByRole("slider", { name: "Hours saved per pull request" }).fill("0");
  await expect(net).toContainText("−$");
  await expect(turned.getByText("none", { exact: true })).toBeVisible();
  await turned.getByRole("button", { name: "As measured" }).click();
  await expect(net).toHaveText(before ?? "");
});

test("what a reader turned is kept as a plan, and held against others in an address that can be shared", async ({
  page,
}) => {
  await opened(page, "/roi");
  const turned = page.getByRole("region", { name: "What if?" });
  await turned.getByRole("slider", { name: "Hours saved per pull request" }).fill("0.1");
  const net = await turned.getByRole("definition").first().textContent();
  await turned.getByLabel("Keep it as").fill("Hardly anything saved");
  await turned.getByLabel("What it is about").fill("If the time study is wrong");
  await turned.getByRole("button", { name: "Keep as a plan" }).click();
  await expect(turned.getByText("Kept, version 1")).toBeVisible();
  const plans = page.getByRole("region", { name: "How do plans compare?" });
  await expect(plans.getByRole("row", { name: /^Hardly anything saved/ })).toContainText(net ?? "");
  await plans.getByLabel("Add a plan").selectOption({ label: "Published B" });
  await expect(plans.getByRole("row", { name: /^Published B/ })).toContainText("$90,500");
  await expect(plans.getByRole("row", { name: /^Hours saved per pull request/ })).toContainText("0.10");
  await expect(page).toHaveURL(/plans=measured,\d+,B/);
  await page.reload();
  await expect(plans.getByRole("row", { name: /^Published B/ })).toContainText("$90,500");
  await expectSoundInBothThemes(page);
  await plans.getByRole("button", { name: "Remove Hardly anything saved for good" }).click();
  await expect(plans.getByRole("row", { name: /^Hardly anything saved/ })).toHaveCount(0);
});

test("every input says where it comes from, and published calculations stand beside", async ({ page }) => {
  await opened(page, "/roi");
  const inputs = page.getByRole("region", { name: "What is it worked out from?" });
  await expect(inputs.getByRole("row", { name: /Rolled back of those of agents/ })).toContainText(
    /Measured.*n\s[\d,]+/,
  );
  await expect(inputs.getByRole("row", { name: /Hours saved per pull request/ })).toContainText("Time study");
  await expect(inputs.getByRole("row", { name: /Models for one/ })).toContainText("Paid");
  const published = page.getByRole("region", { name: "What do published calculations come to?" });
  await expect(published.getByRole("row", { name: /Scenario A/ })).toContainText("$1,500");
  await expect(published.getByRole("row", { name: /Scenario B/ })).toContainText("$90,500");
  await expect(published.getByRole("row", { name: /Scenario C/ })).toContainText("$465,000");
});

test("a team has a model of its own", async ({ page }) => {
  await opened(page, "/roi?team=mobile");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Every pull request loses");
  const inputs = page.getByRole("region", { name: "What is it worked out from?" });
  await expect(inputs.getByRole("row", { name: /Hours saved per pull request/ })).toContainText("for the team");
  await expect(inputs.getByRole("row", { name: /Contracts and support/ })).toContainText(/% of it, by pull requests/);
});

test.describe("an assumption", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused at its field, entered, seen with its reason, and taken back", async ({ page }) => {
    await opened(page, "/roi?team=ledger");
    await page.getByRole("button", { name: "Enter assumptions" }).click();
    const dialog = page.getByRole("dialog", { name: /Ledger/ });
    await dialog.getByLabel("Where it comes from").fill("Asked three people of the team");
    await dialog.getByRole("textbox", { name: /^Hours saved per pull request, hours/ }).fill("900");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(
      dialog.getByRole("textbox", { name: /^Hours saved per pull request, hours/ }),
    ).toHaveAccessibleDescription(/must lie between 0 and 744/);
    await expectSoundInBothThemes(page);
    await dialog.getByRole("textbox", { name: /^Hours saved per pull request, hours/ }).fill("0,25");
    await dialog.getByRole("textbox", { name: /^Share of saved hours that counts, %/ }).fill("40");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
    const inputs = page.getByRole("region", { name: "What is it worked out from?" });
    const saved = inputs.getByRole("row", { name: /Hours saved per pull request/ });
    await expect(saved).toContainText("0.25");
    await expect(saved).toContainText("Asked three people of the team");
    await expect(inputs.getByRole("row", { name: /Share of saved hours/ })).toContainText(/40\s%/);
    await page.getByRole("button", { name: "Enter assumptions" }).click();
    await dialog.getByLabel("Where it comes from").fill("Not true after all");
    await dialog.getByRole("textbox", { name: /^Hours saved per pull request, hours/ }).fill("");
    await dialog.getByRole("textbox", { name: /^Share of saved hours that counts, %/ }).fill("");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(saved).toContainText("for the organisation");
  });
});

test("Cost says what was paid, for what and by whom, and what a pull request costs", async ({ page }) => {
  await opened(page, "/costs");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /\$[\d,]+ was paid for agents.*\$[\d.]+ for each/,
  );
  const agents = page.getByRole("region", { name: "Which agents is it paid for?" });
  await expect(agents.getByRole("row", { name: /Claude Code/ })).toContainText(/\$[\d,]+/);
  const months = page.getByRole("region", { name: "What is paid each month?" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    months.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("what-is-paid-each-month.csv");
  const [focus] = await Promise.all([
    page.waitForEvent("download"),
    months.getByRole("link", { name: "FOCUS" }).click(),
  ]);
  expect(focus.suggestedFilename()).toBe("fleetgauge-focus.csv");
  const [head = "", first = ""] = (await readFile(await download.path(), "utf8")).split("\r\n");
  expect(head.replace("\uFEFF", "")).toBe('"month","item","amount","currency","fiscal period"');
  expect(first).toMatch(/^"\d{4}-\d{2}","\w+",[\d.]+,"USD","FY\d{4} P\d{2}"$/);
  await months.getByRole("radio", { name: "Table" }).check();
  await expect(months.getByRole("columnheader", { name: "Infrastructure" })).toBeVisible();
  const teams = page.getByRole("region", { name: "What does one pull request cost each team?" });
  await expect(teams.getByRole("row", { name: /Payments/ })).toContainText(/\$[\d.]+/);
});

test("teams come to the total, and the page is a workbook", async ({ page }) => {
  await opened(page, "/roi");
  const teams = page.getByRole("region", { name: "By team" });
  await expect(teams.getByRole("row", { name: /^Unallocated/ })).toContainText("$0");
  const net = await teams
    .getByRole("row", { name: /^Total/ })
    .getByRole("cell")
    .nth(3)
    .textContent();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(net ?? "");
  // A workbook is an archive.
  for (const [name, start] of [
    [/^Workbook/, "PK"],
    [/^Two pages/, "%PDF"],
  ] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const content = await readFile(await (await download).path());
    expect(content.subarray(0, start.length).toString()).toBe(start);
  }
});
