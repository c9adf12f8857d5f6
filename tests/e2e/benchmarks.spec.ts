import { expect, opened, test } from "./page-test";

test("a published figure stands beside one's own, with its source and what contradicts it", async ({ page }) => {
  await opened(page, "/benchmarks");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("71 published figures");
  const docs = page.getByRole("listitem").filter({ hasText: "Documentation, rolled back within 24 hours" });
  await expect(docs).toContainText(/3–5\s%/);
  await expect(docs).toContainText("Nuvox AI");
  await expect(docs).toContainText(/Yours: /);
  await expect(page.getByText("No scenario of the article breaks even there", { exact: false })).toBeVisible();
  await docs.getByRole("link").click();
  await expect(page).toHaveURL(/\/pull-requests\?.*category=documentation/);
});

test.describe("a figure of one's own", () => {
  test.use({ expectedConsole: /422/ });

  test("is refused with what is wrong at the field, added first of its kind, and removed", async ({ page }) => {
    await opened(page, "/benchmarks");
    const form = page.getByRole("form", { name: "A figure of your own" });
    await form.getByLabel("What it says").fill("Goal of the platform group");
    await form.getByLabel("Who says it").fill("Engineering council");
    await form.getByLabel("From", { exact: true }).fill("5");
    await form.getByRole("textbox", { name: /^To/ }).fill("4");
    await form.getByLabel("Since", { exact: true }).fill("2026-05");
    await form.getByRole("button", { name: "Add" }).click();
    await expect(form.getByRole("textbox", { name: /^To/ })).toHaveAccessibleDescription(
      /must not be below the lower end/,
    );
    await form.getByRole("textbox", { name: /^To/ }).fill("6");
    await form.getByRole("button", { name: "Add" }).click();
    const own = page.getByRole("listitem").filter({ hasText: "Goal of the platform group" });
    await expect(own).toContainText(/5–6\s%/);
    await expect(own).toContainText("Engineering council");
    await own.getByRole("button", { name: "Remove Goal of the platform group" }).click();
    await expect(own).toHaveCount(0);
  });
});

test.describe("a survey", () => {
  test.use({ expectedConsole: /422/ });

  test("that holds a wrong answer is refused with its line, and nothing of it is taken", async ({ page }) => {
    await opened(page, "/users/teams");
    const form = page.getByRole("form", { name: "Surveys and suggestions" });
    await form.getByLabel("Day of the survey").fill("2026-10-15");
    await form.getByLabel("Answers as CSV").fill("team,trust\nPayments,6");
    await form.getByRole("button", { name: "Enter" }).click();
    await expect(form.getByRole("alert")).toContainText("Line 2, trust: “6” is no answer from 1 to 5.");
  });

  test("is read on Adoption, with how many answered, and never of fewer than five", async ({ page }) => {
    await opened(page, "/adoption");
    const said = page.getByRole("region", { name: "What people say, and what they turn down" });
    await expect(said).toContainText(/\d+ of \d+ answered \(\d+\s%\)/);
    await expect(said.getByRole("row", { name: /Identity/ })).toContainText("too few to say");
  });
});
