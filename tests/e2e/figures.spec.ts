import { expect, expectSound, opened, test } from "./page-test";

const counts = /([\d,]+) of\s([\d,]+)/;

test("a rate leads to exactly the pull requests that it counts, and out of them again", async ({ page }) => {
  await opened(page, "/review");
  const row = page.getByRole("row", { name: /^Merged without human review/ });
  const [, counted = "", all = ""] = counts.exec((await row.textContent()) ?? "") ?? [];
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/metric=unreviewed_merge_rate/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(new RegExp(`^${counted}\\s`));
  await expectSound(page);
  await page.getByRole("button", { name: "Remove: Merged without human review: yes" }).click();
  await expect(page).not.toHaveURL(/metric=/);
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText(new RegExp(`^${counted}\\s`));
  expect(Number(all.replaceAll(",", ""))).toBeGreaterThan(Number(counted.replaceAll(",", "")));
});

test("the figure over time is chosen in the panel, kept in the address, and told by the table too", async ({
  page,
}) => {
  await opened(page, "/velocity");
  const panel = page.getByRole("region", { name: "How long do pull requests wait for a reviewer?" });
  await panel.getByRole("radio", { name: "Merge", exact: true }).click();
  await expect(page).toHaveURL(/figure=stage_merge/);
  const merge = page.getByRole("region", { name: "How long does approved work wait?" });
  await expect(merge.getByRole("img").or(merge.locator("svg").first())).toBeVisible();
  await merge.getByRole("radio", { name: "Table" }).click();
  await expect(merge.getByRole("row").nth(1)).toContainText(/\d+\s(m|h|d)/);
  await opened(page, "/velocity?figure=stage_merge");
  await expect(page.getByRole("region", { name: "How long does approved work wait?" })).toBeVisible();
  await expectSound(page);
});

test("a figure of deployments leads to the list of what it counts, page by page", async ({ page }) => {
  await opened(page, "/quality");
  const cards = page.getByRole("region", { name: "Figures of deployments and incidents" });
  const incidents = cards.getByRole("article").filter({ hasText: "Incidents" });
  const counted = (await incidents.getByRole("link").textContent()) ?? "";
  await incidents.getByRole("link").click();
  await expect(page).toHaveURL(/operations=incidents/);
  const list = page.getByRole("region", { name: "Which deployments, and what became of them?" });
  await expect(list).toContainText(`${counted} in this period`);
  const rows = list.getByRole("row");
  await expect(rows).toHaveCount(11);
  await list.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(21);
  await list.getByRole("radio", { name: "Failed" }).click();
  await expect(list).toContainText("failed:");
  await expectSound(page);
});

test("who is chosen by a filter stands alone", async ({ page }) => {
  await opened(page, "/quality?authorKind=human");
  const panel = page.getByRole("region", { name: "What does merged work bring with it?" });
  await expect(panel.getByRole("columnheader", { name: "People" })).toBeVisible();
  await expect(panel.getByRole("columnheader", { name: "Agents" })).toHaveCount(0);
});
