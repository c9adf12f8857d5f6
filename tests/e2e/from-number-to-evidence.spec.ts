import { expect, expectSound, opened, test } from "./page-test";

/** `1,284` as a number. */
const countIn = (text: string | null): number => Number(/[\d,]+/.exec(text ?? "")?.[0].replaceAll(",", ""));

test("from the Overview one finds when it went wrong and of whom, which pull requests, why, and at what cost", async ({
  page,
}) => {
  // What stands last is asked for when one comes near it.
  const comeDown = () => page.getByRole("region", { name: "Latest rollbacks" }).scrollIntoViewIfNeeded();
  await opened(page, "/overview?period=52w");
  await comeDown();
  const panel = page.getByRole("region", { name: "When did it go wrong?" });
  const worst = panel.getByRole("listitem").filter({ hasText: "Team " }).first();
  const [, rolledBack = ""] = /\((\d+)\sof\s\d+\)/.exec((await worst.textContent()) ?? "") ?? [];
  expect(Number(rolledBack)).toBeGreaterThan(2);
  await worst.getByRole("link", { name: /^Which: / }).click();
  await expect(page).toHaveURL(/period=custom.*team=|team=.*period=custom/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    `${rolledBack}\u00a0pull requests were rolled back.`,
  );
  await page.goBack();
  await comeDown();
  await worst.getByRole("link", { name: /^Why: / }).click();
  await expect(page).toHaveURL(/\/quality\?/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Merged work of agents");
  await page.goBack();
  await comeDown();
  await worst.getByRole("link", { name: /^At what cost: / }).click();
  await expect(page).toHaveURL(/\/costs\?/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/\$[\d,]+ was paid for agents/);
});

test("what was closed without a merge is listed, and has a page with its evidence", async ({ page }) => {
  await opened(page, "/pull-requests");
  await page.getByRole("radiogroup", { name: "Outcome" }).getByRole("radio", { name: "Closed", exact: true }).click();
  await expect(page).toHaveURL(/ended=closed/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("closed without a merge");
  await expectSound(page);
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByText("It was closed without a merge: nothing of it landed.")).toBeVisible();
  await expect(page.getByRole("region", { name: "What we say, and why" }).getByText("Written by")).toBeVisible();
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toBeVisible();
  await expectSound(page);
});

test("a number of the Overview leads to exactly its pull requests, one of them to its evidence", async ({ page }) => {
  await opened(page, "/overview");
  const card = page.getByRole("article").filter({ hasText: "Merged by agents" });
  const merged = countIn(await card.getByRole("link").first().textContent());
  expect(merged).toBeGreaterThan(100);
  await card.getByRole("link").first().click();

  await expect(page).toHaveURL(/\/pull-requests\?.*counted=true/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("merged");
  expect(countIn(await page.getByRole("heading", { level: 1 }).textContent())).toBe(merged);

  await page
    .getByRole("radiogroup", { name: "Outcome" })
    .getByRole("radio", { name: "Rolled back", exact: true })
    .click();
  await expect(page).toHaveURL(/rolledBack=true/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("were rolled back.");
  const title = page.getByRole("rowheader").first().getByRole("link");
  const name = (await title.textContent()) ?? "";
  await title.click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByText(/^Written (by|with) .*, rolled back after .* by /)).toBeVisible();
  await expect(page.getByRole("region", { name: "What did it cost?" })).toContainText(
    /\$[\d.]+ is what one of agents of .* cost in \w+ \d{4}/,
  );
  const chain = page.getByRole("region", { name: "Taken back and landed again" });
  await expect(chain.getByText("the one that the rates count")).toBeVisible();
  await expect(chain.getByRole("code").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("listitem").first()).toBeVisible();

  await chain.getByRole("link").first().click();
  await expect(page.getByText(/It reverts #\d+/)).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/rolledBack=true/);
});

test("a rate of the Overview leads to the pull requests that were rolled back within its window", async ({ page }) => {
  await opened(page, "/overview");
  const panel = page.getByRole("region", { name: "Rolled back within 7 days, by task" });
  await panel.getByRole("radio", { name: "Table" }).click();
  const row = panel.getByRole("row").filter({ hasText: "Isolated bug fix" });
  const k = Number(/(\d+) of/.exec((await row.textContent()) ?? "")?.[1]);
  await panel.getByRole("radio", { name: "Chart" }).click();
  await panel.getByRole("link", { name: "Isolated bug fix" }).click();
  await expect(page).toHaveURL(/window=7d/);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText(k === 1 ? "1\u00a0pull request was" : `${k}\u00a0pull requests were`);
});

test("the names of the evidence link to commits only where the repository is on the web", async ({ page }) => {
  await opened(page, "/pull-requests?authorKind=agent");
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByText("Sample, not real")).toBeVisible();
  for (const link of await page.getByRole("main").getByRole("link").all()) {
    expect(await link.getAttribute("href")).toMatch(/^(\/|https?:\/\/)/);
  }
});

test("a bar and a point of a course lead to the pull requests of their week, in the chart and in the table", async ({
  page,
}) => {
  const listed = async () => countIn(await page.getByRole("heading", { level: 1 }).textContent());
  await opened(page, "/overview?period=26w");
  const weeks = page.getByRole("region", { name: "Merged pull requests per week" });
  await weeks.getByRole("radio", { name: "Table" }).click();
  // The last week is not over: the one before it.
  const cell = weeks.getByRole("row").nth(2).getByRole("link").first();
  const merged = countIn(await cell.textContent());
  const href = (await cell.getAttribute("href")) ?? "";
  expect(merged).toBeGreaterThan(0);
  await weeks.getByRole("radio", { name: "Chart" }).click();
  await weeks.locator(`a[href="${href}"] rect`).click();
  await expect(page).toHaveURL(/period=custom/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("merged");
  expect(await listed()).toBe(merged);

  await opened(page, "/rollbacks?period=52w");
  const course = page.getByRole("region", { name: "Is it getting better or worse?" });
  await course.getByRole("radio", { name: "Table" }).click();
  const point = course.getByRole("row").nth(4).getByRole("link").first();
  const [, k = ""] = /([\d,]+)\sof\s/.exec((await point.textContent()) ?? "") ?? [];
  await point.click();
  await expect(page).toHaveURL(/period=custom/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("rolled back");
  expect(k).not.toBe("");
  expect(await listed()).toBe(Number(k));

  await opened(page, "/rollbacks?period=52w");
  await course
    .locator(".recharts-surface")
    .first()
    .hover({ position: { x: 300, y: 120 } });
  const active = course.locator(".recharts-active-dot a").first();
  await expect(active).toHaveAttribute("href", /period=custom/);
  await active.click();
  await expect(page).toHaveURL(/\/pull-requests\?.*period=custom/);
});

test("a curve leads to what came back within so many hours", async ({ page }) => {
  await opened(page, "/rollbacks?period=52w");
  const curve = page.getByRole("region", { name: "How soon it comes back" });
  await curve.getByRole("radio", { name: "Table" }).click();
  await curve.getByRole("row").filter({ hasText: "3\u00a0d" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/within=72/);
  await expect(page.getByRole("button", { name: "Remove: Rolled back within 3\u00a0d" })).toBeVisible();
  await expectSound(page);
});
