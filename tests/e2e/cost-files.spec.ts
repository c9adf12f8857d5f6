import { expect, expectSound, opened, test } from "./page-test";

const csv = (text: string, encoding: BufferEncoding = "utf8") => ({
  name: "bill.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(text, encoding),
});

test("finance enters a bill: what is wrong is told line by line, what it holds is seen first, and it can be taken back", async ({
  page,
}) => {
  await opened(page, "/costs");
  const panel = page.getByRole("region", { name: "Enter a bill" });
  await panel.getByLabel("Whose bill it is").fill("Model use");
  await panel
    .getByLabel("File")
    // As a spreadsheet program of Western Europe saves it, where the sign of the euro has the byte 0x80.
    .setInputFiles(csv("when;amount in \u0080;tool\n2019-05-31;12,50;Claude Code\n2019-06-31;3,25;Clippy\n", "latin1"));
  await panel.getByRole("button", { name: "Read the file" }).click();
  await expect(panel.getByRole("alert")).toContainText("Something has to be said first");
  await panel.getByRole("combobox", { name: "Day", exact: true }).selectOption("column when");
  await panel.getByRole("combobox", { name: "Amount", exact: true }).selectOption("column amount in €");
  await panel.getByRole("combobox", { name: "Currency", exact: true }).selectOption("same");
  await panel.getByLabel("Currency of every line").selectOption("USD");
  await panel.getByRole("combobox", { name: "What it is for", exact: true }).selectOption("same");
  await panel.getByRole("combobox", { name: "Provider", exact: true }).selectOption("same");
  await expect(panel.getByRole("alert")).toContainText("1\u00a0line cannot be taken");
  await expect(panel.getByRole("listitem").first()).toContainText("Line 3, day: “2019-06-31” is no date");
  await expectSound(page);

  await panel
    .getByLabel("File")
    .setInputFiles(csv("date,amount,currency,item,agent,provider\n2019-05-31,12.50,USD,api,Claude Code,anthropic\n"));
  await panel.getByRole("button", { name: "Read the file" }).click();
  await expect(panel.getByText("Entering it posts 1\u00a0entry, +$12.50.")).toBeVisible();
  await panel.getByRole("button", { name: "Enter 1\u00a0line" }).click();
  await expect(panel.getByRole("status")).toContainText("1\u00a0entry posted");
  await expect(panel.getByText("All of it is there already")).toBeVisible();
  await expectSound(page);
  await panel.getByRole("button", { name: "Take back bill.csv" }).first().click();
  await expect(panel.getByText("1\u00a0entry, taking it back")).toBeVisible();
});
