import { expect, expectSound, opened, test } from "./page-test";

const OCTOBER = "period=custom&from=2026-10-01&to=2026-10-30";

test("an agent is set up, tells of a session, and is heard", async ({ page }) => {
  await opened(page, "/connections");
  const panel = page.getByRole("region", { name: "Tell what GitHub does not know" });
  await panel.getByLabel("Who tells").selectOption("Gemini CLI");
  await panel.getByRole("button", { name: "Make a key for it" }).click();
  const lines = panel.getByText(/GEMINI_TELEMETRY_OTLP_ENDPOINT/);
  await expect(lines).toContainText("/api/otlp/fg_");
  const [endpoint = ""] = /http\S+\/api\/otlp\/fg_\S+/.exec((await lines.textContent()) ?? "") ?? [];
  expect(new URL(endpoint).origin).toBe(new URL(page.url()).origin);
  await expectSound(page);

  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const sent = await page.request.post(`${endpoint}/v1/metrics`, {
    headers: { cookie: "" },
    data: {
      resourceMetrics: [
        {
          resource: {
            attributes: [attribute("service.name", "gemini-cli"), attribute("organization", "sample-fleet")],
          },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: "gemini_cli.token.usage",
                  sum: {
                    aggregationTemporality: 2,
                    isMonotonic: true,
                    dataPoints: [
                      {
                        timeUnixNano: `${Date.now()}000000`,
                        asInt: "120",
                        attributes: [
                          attribute("session.id", "s"),
                          attribute("model", "gemini-3-pro"),
                          attribute("type", "input"),
                        ],
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  });
  expect([sent.status(), await sent.json()]).toEqual([200, {}]);
  await expect(panel.getByText(/Heard last on/)).toBeVisible();
});

test("what agents tell stands on Cost, and on the pull request that it belongs to", async ({ page }) => {
  await opened(page, `/costs?${OCTOBER}`);
  const use = page.getByRole("region", { name: "What do agents tell of their use?" });
  await expect(use.getByRole("row", { name: /Claude Code/ }).first()).toBeVisible();
  await expect(use).toContainText(/% of it belongs to \d+.merged pull requests, \$[\d.]+ on average/);
  await expectSound(page);

  const list = await page.request.get("/api/v1/pull-requests?from=2026-10-15&to=2026-10-31&agent=claude_code&limit=50");
  const { items } = (await list.json()) as { items: { id: string }[] };
  let told: string | undefined;
  for (const { id } of items) {
    const sessions = await page.request.get(`/api/v1/pull-requests/${id}/sessions`);
    if (((await sessions.json()) as { items: { how: string }[] }).items.some(({ how }) => how === "branch"))
      told ??= id;
  }
  await opened(page, `/pull-requests/${told}`);
  const panel = page.getByRole("region", { name: "What did its sessions use?" });
  await expect(panel).toContainText(/by the agents’ own prices, in 1.session/);
  await expect(panel).toContainText("Strong: it worked on its branch before the merge.");
  await expectSound(page);
});
