import { expect, expectSound, opened, test } from "./page-test";

test("a sender is set up with a key of its own, is heard, and what was refused is found and read again", async ({
  page,
}) => {
  await opened(page, "/connections");
  const panel = page.getByRole("region", { name: "Tell what GitHub does not know" });
  await panel.getByLabel("Who tells").selectOption("Flux");
  await expect(panel.getByText("Nothing has come in from there yet.")).toBeVisible();
  await panel.getByRole("button", { name: "Make a key for it" }).click();
  const lines = panel.getByText(/flux create alert-provider/);
  await expect(lines).toContainText("Authorization: Bearer fg_");
  const text = (await lines.textContent()) ?? "";
  const [, address = ""] = /--address '([^']+)'/.exec(text) ?? [];
  const [, key = ""] = /Bearer (fg_\S+)'/.exec(text) ?? [];
  expect(new URL(address).origin).toBe(new URL(page.url()).origin);
  await expectSound(page);

  // As Flux sends it, of a repository that nobody knows.
  const sent = await page.request.post(address, {
    headers: { authorization: `Bearer ${key}`, cookie: "" },
    data: {
      involvedObject: { kind: "Kustomization", namespace: "flux-system", name: "ledger", uid: "u1" },
      severity: "info",
      timestamp: "2026-10-30T16:00:00Z",
      reason: "ReconciliationSucceeded",
      metadata: { revision: `main@sha1:${"b".repeat(40)}` },
    },
  });
  expect(sent.status()).toBe(207);
  await expect(panel.getByText(/Heard last on/)).toBeVisible();
  await panel.getByRole("link", { name: "1 refused" }).click();

  await expect(page.getByRole("heading", { name: "Failed" })).toBeVisible();
  await page.getByLabel("Search what was sent").fill("ledger");
  await page.getByLabel("Search what was sent").press("Enter");
  const row = page.getByRole("row", { name: /^deployment/ });
  await expect(row).toContainText("There is no organisation acme");
  await expectSound(page);
  await row.getByRole("button", { name: "deployment" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("/api/v1/deployments/flux?repository=");
  await dialog.getByRole("button", { name: "Replay" }).click();
  await expect(dialog.getByRole("status")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await page.getByLabel("Search what was sent").fill("nothing says this");
  await page.getByLabel("Search what was sent").press("Enter");
  await expect(page.getByText("There are none")).toBeVisible();
});
