import { strToU8, zipSync } from "fflate";
import { expect, expectSound, opened, test } from "./page-test";

test("what is paid regularly is entered, listed, and taken back", async ({ page }) => {
  await opened(page, "/costs");
  const form = page.getByRole("form", { name: "What is paid" });
  await form.getByLabel("Who is paid").fill("Academy");
  await form.getByRole("combobox", { name: "What for" }).selectOption("training");
  await form.getByLabel("How much").fill("10.00");
  await form.getByRole("combobox", { name: "How often" }).selectOption("once");
  await form.getByLabel("From", { exact: true }).fill("2020-05-01");
  await form.getByLabel("Where it comes from").fill("A course long ago");
  await form.getByRole("button", { name: "Enter it" }).click();
  await expect(form.getByRole("status")).toContainText("1\u00a0entry posted");
  const list = page.getByRole("table", { name: "What is paid regularly" });
  await expect(list.getByRole("row", { name: /Academy, training/ })).toContainText("$10");
  await expectSound(page);
  await list.getByRole("button", { name: "Take back Academy" }).click();
  await expect(list).toBeHidden();
});

test.describe("a wrong entry", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused at its field", async ({ page }) => {
    await opened(page, "/costs");
    const form = page.getByRole("form", { name: "What is paid" });
    await form.getByLabel("Who is paid").fill("Academy");
    await form.getByLabel("Where it comes from").fill("A course");
    await form.getByLabel("How much").fill("a lot");
    await form.getByRole("button", { name: "Enter it" }).click();
    await expect(form.getByLabel("How much")).toHaveAccessibleDescription(/must be a number/);
  });
});

/** A workbook of one sheet whose cells are texts. */
function workbook(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows
    .map((row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`)
    .join("");
  const files = {
    "xl/workbook.xml":
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Bill" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${cells}</sheetData></worksheet>`,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}

test("a workbook is read as a bill is, and tokens without a price are told of", async ({ page }) => {
  await opened(page, "/costs");
  const panel = page.getByRole("region", { name: "Enter a bill" });
  await panel.getByLabel("Whose bill it is").fill("Usage of 2019");
  await panel.getByLabel("File").setInputFiles({
    name: "usage.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: workbook([
      ["date", "provider", "model", "input_tokens", "output_tokens"],
      ["2019-05-31", "anthropic", "model-of-2019", "1200000", "5000"],
    ]),
  });
  await panel.getByRole("button", { name: "Read the file" }).click();
  await expect(panel.getByRole("row", { name: /model-of-2019/ })).toContainText("not known");
  await expect(panel.getByText("What has no price is kept")).toBeVisible();
  await panel.getByRole("button", { name: /^Enter / }).click();
  const prices = page.getByRole("region", { name: "What do tokens cost?" });
  await expect(prices.getByRole("row", { name: /model-of-2019/ })).toBeVisible({ timeout: 15_000 });
  await prices.getByLabel("Take them from a list of prices").setInputFiles({
    name: "prices.json",
    mimeType: "application/json",
    buffer: Buffer.from('{"Model-of-2019": {"input": 3, "output": 15}}'),
  });
  await expect(prices.getByText("It has the prices of 1\u00a0model")).toBeVisible();
  await prices.getByRole("button", { name: "Enter them" }).click();
  await expect(prices.getByRole("row", { name: /model-of-2019.*3 USD/ })).toBeVisible();
  await expectSound(page);
  await page
    .getByRole("row", { name: /Usage of 2019/ })
    .getByRole("button", { name: /Take back/ })
    .first()
    .click();
});

test("a team is given a cost centre, under which what is paid for it is told, and loses it again", async ({ page }) => {
  await opened(page, "/costs");
  const form = page.getByRole("form", { name: "Cost centre of a team" });
  await form.getByRole("combobox", { name: "Team" }).selectOption({ label: "Research tools" });
  await form.getByLabel("Cost centre", { exact: true }).fill("4999");
  await form.getByLabel("What it is called").fill("Laboratory");
  await form.getByLabel("First day").fill("2024-01-01");
  await form.getByRole("button", { name: "Note it" }).click();
  const shares = page.getByRole("region", { name: "Which cost centre is it paid for?" });
  await expect(shares.getByRole("row", { name: /4999 Laboratory/ })).toContainText("$");
  await expect(shares.getByRole("row", { name: /4100 Product engineering/ })).toContainText("$");
  const list = page.getByRole("table", { name: "Cost centres of teams" });
  await expect(list.getByRole("row", { name: /Fulfilment/ }).first()).toContainText("4150 Logistics");
  await expectSound(page);
  await list.getByRole("button", { name: "Take back 4999 of Research tools" }).click();
  await expect(shares.getByRole("row", { name: /4999 Laboratory/ })).toHaveCount(0);
});

test.describe("a second cost centre on the same days", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused, and the first is named", async ({ page }) => {
    await opened(page, "/costs");
    const form = page.getByRole("form", { name: "Cost centre of a team" });
    await form.getByRole("combobox", { name: "Team" }).selectOption({ label: "Payments" });
    await form.getByLabel("Cost centre", { exact: true }).fill("4999");
    await form.getByRole("button", { name: "Note it" }).click();
    await expect(form.getByLabel("First day")).toHaveAccessibleDescription(/is of 4100 since 2024-01-01/);
  });
});
