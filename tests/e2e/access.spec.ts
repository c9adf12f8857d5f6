import { readdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, expectSound, opened, test } from "./page-test";

/** Every page of the dashboard, and which roles besides owner and admin may see it; a page without a row fails below. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  "/overview": ["finance", "lead", "viewer"],
  "/velocity": ["finance", "lead", "viewer"],
  "/rollbacks": ["finance", "lead", "viewer"],
  "/review": ["finance", "lead", "viewer"],
  "/quality": ["finance", "lead", "viewer"],
  "/teams": ["finance", "lead", "viewer"],
  "/adoption": ["finance", "lead", "viewer"],
  "/costs": ["finance"],
  "/closes": ["finance"],
  "/roi": ["finance"],
  "/reports": ["finance", "lead", "viewer"],
  "/benchmarks": ["finance", "lead", "viewer"],
  "/pull-requests": ["finance", "lead", "viewer"],
  "/pull-requests/[id]": ["finance", "lead", "viewer"],
  "/data-health": ["finance"],
  "/account": ["finance", "lead", "viewer"],
  "/connections": [],
  "/connections/deliveries": [],
  "/connections/github": [],
  "/welcome": [],
  "/users": [],
  "/users/teams": [],
  "/api-keys": [],
  "/audit": [],
  "/rules": [],
  "/settings": [],
};

/** Pages of the folder, by their addresses. */
function pagesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map(
      (file) =>
        `/${path
          .dirname(file)
          .split(path.sep)
          .filter((part) => !/^\(.*\)$/.test(part))
          .join("/")}`,
    );
}

test("every page has a row", () => {
  const folder = path.resolve(import.meta.dirname, "../../app/(dashboard)");
  expect(pagesOf(folder).sort()).toEqual(Object.keys(PAGES).sort());
});

/** Asks the API as the page would. */
async function ask<Answer>(page: Page, url: string, body?: unknown): Promise<Answer> {
  return page.evaluate(
    async ([address, content]) => {
      const answer = await fetch(address, {
        ...(content !== undefined && {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(content),
        }),
      });
      return answer.json();
    },
    [url, body] as const,
  );
}

for (const role of ["finance", "lead", "viewer"] as const) {
  test.describe(`somebody who joined as ${role}`, () => {
    // A page that is refused says so with its status.
    test.use({ expectedConsole: /403|404/ });

    test("sees the pages of the role, of the teams given, and is offered no other", async ({
      page,
      browser,
      baseURL,
    }) => {
      await opened(page, "/users");
      const { items: teams } = await ask<{ items: { id: number; name: string }[] }>(page, "/api/v1/teams");
      const own = teams.find(({ name }) => name === "Payments")?.id ?? 0;
      const email = `${role}-${Date.now()}@example.com`;
      const invite = { email, role, teamIds: [own] };
      const { token } = await ask<{ token: string }>(page, "/api/v1/invitations", invite);
      const all = await ask<{ items: { id: string; team: string | null }[] }>(page, "/api/v1/pull-requests?limit=200");
      const idOf = (isOwn: boolean) => all.items.find(({ team }) => (team === "payments") === isOwn)?.id ?? "";

      const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), storageState: undefined });
      try {
        const theirs = await context.newPage();
        await theirs.goto(`/join#${token}`);
        await theirs.getByLabel("Your name").fill(`A ${role}`);
        await theirs.getByLabel("Password").fill("a heron in the harbour");
        await theirs.getByRole("button", { name: "Join" }).click();
        await theirs.getByLabel("E-mail address").fill(email);
        await theirs.getByLabel("Password").fill("a heron in the harbour");
        await theirs.getByRole("button", { name: "Sign in" }).click();
        await expect(theirs).toHaveURL(/\/overview/);
        await expectSound(theirs);
        const visible = Object.entries(PAGES).map(([address, roles]) => [address, roles.includes(role) ? 200 : 403]);
        const statuses = await theirs.evaluate(
          (addresses) => Promise.all(addresses.map(async (address) => (await fetch(address)).status)),
          Object.keys(PAGES).map((address) => address.replace("[id]", idOf(true))),
        );
        expect(Object.keys(PAGES).map((address, index) => [address, statuses[index]])).toEqual(visible);
        await theirs.goto("/users");
        await expect(theirs.getByText("Your role does not have this page")).toBeVisible();
        await expectSound(theirs);
        const foreign = await theirs.goto(`/pull-requests/${idOf(false)}`);
        expect(foreign?.status()).toBe(role === "finance" ? 200 : 404);
        await opened(theirs, "/overview");
        const offered = await theirs.getByRole("navigation", { name: "Main" }).getByRole("link").allTextContents();
        expect(offered.map((text) => text.replace(/\d.*/, ""))).toEqual([
          "Overview",
          "Velocity",
          "Rollbacks",
          "Rework and review",
          "Quality",
          "By team",
          "Adoption",
          ...(role === "finance" ? ["Cost", "ROI", "Monthly close"] : []),
          "Reports",
          "Benchmarks",
          "Pull requests",
          ...(role === "finance" ? ["Data health"] : []),
        ]);
        await theirs.getByRole("button", { name: "Sign out" }).click();
        await expect(theirs).toHaveURL(/\/sign-in$/);
        await theirs.goto("/overview");
        await expect(theirs).toHaveURL(/\/sign-in\?next=%2Foverview$/);
      } finally {
        await context.close();
      }
    });
  });
}
