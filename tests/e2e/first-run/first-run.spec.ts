import { GITHUB, GitFixture } from "../../factories/git-fixture";
import { generateDataset } from "../../mocks/github/generate";
import { TestGitHub } from "../../mocks/github/server";
import { expect, expectSound, expectSoundInBothThemes, opened, test, WIDTHS } from "../page-test";

// One installation, from nothing to something: each test goes on where the one before ended.
test.describe.configure({ mode: "serial" });

const PAGES = [
  "/welcome",
  "/overview",
  "/velocity",
  "/rollbacks",
  "/review",
  "/quality",
  "/teams",
  "/adoption",
  "/costs",
  "/closes",
  "/roi",
  "/reports",
  "/benchmarks",
  "/pull-requests",
  "/data-health",
  "/users/teams",
  "/connections",
  "/connections/deliveries",
  "/connections/github",
  "/connections/github?setup_action=request",
];
const CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>";

test("with nothing imported the first address leads to the ways to begin", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/welcome$/);
  for (const name of ["Import a repository", "Look at the sample fleet", "Connect GitHub"]) {
    await expect(page.getByRole("heading", { name })).toBeVisible();
  }
  await expect(page.getByText("npm run fleetgauge -- import git")).toBeVisible();
});

for (const width of WIDTHS) {
  test(`every page is sound while it is empty: ${width} px, light and dark`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of PAGES) {
      await opened(page, path);
      await expectSoundInBothThemes(page);
    }
  });
}

test.describe("a wrong import", () => {
  test.use({ expectedConsole: /422/ });

  test("says at the field what is wrong with it", async ({ page }) => {
    await opened(page, "/welcome");
    const folder = page.getByRole("textbox", { name: "Folder on this machine" });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText("Name the folder of a clone on this machine.")).toBeVisible();
    await expect(folder).toHaveAttribute("aria-invalid", "true");
    await expect(folder).toHaveAccessibleDescription(/Name the folder/);

    await folder.fill("/there/is/nothing/here");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(folder).toHaveAccessibleDescription(/nothing\/here/, { timeout: 30_000 });
    await expectSound(page);
  });
});

test("a repository is imported", async ({ page }) => {
  const fixture = new GitFixture("widgets");
  try {
    fixture
      .commit("base", { message: "Start", files: { "README.md": "widgets\n" } })
      .commit("one", { message: `Add a cache (#1)\n\n${CLAUDE}`, committer: GITHUB, files: { "src/cache.ts": "1\n" } })
      .commit("two", { message: "Add a limit (#2)", committer: GITHUB, files: { "src/limit.ts": "2\n" } });
    fixture.write();
    const undo = `Revert "Add a cache (#1)" (#3)\n\nThis reverts commit ${fixture.sha("one")}.`;
    fixture.commit("three", { message: undo, committer: GITHUB, files: { "src/cache.ts": null } }).write();

    await opened(page, "/welcome");
    await page.getByRole("textbox", { name: "Folder on this machine" }).fill(fixture.gitDir);
    await page.getByRole("textbox", { name: /^Organisation/ }).fill("acme");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText(/3\smerged pull requests/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "Open the Overview" }).first().click();
  } finally {
    fixture.remove();
  }
  await expect(page).toHaveURL(/\/overview\?repo=acme/);
  await expect(page.getByRole("complementary", { name: "Sample data" })).toHaveCount(0);
});

for (const [part, paths] of [PAGES.slice(0, PAGES.length / 2), PAGES.slice(PAGES.length / 2)].entries()) {
  test(`every page is sound with three pull requests: ${part + 1} of 2`, async ({ page }) => {
    for (const path of paths) {
      await opened(page, path);
      await expectSound(page);
    }
  });
}

test("what little is known of a pull request is said, and a repository is given its owner", async ({ page }) => {
  await opened(page, "/pull-requests?period=all");
  await page.getByRole("link", { name: "Add a cache", exact: true }).click();
  await expect(page.getByText(/^Written (by|with) Claude Code, rolled back after .* by #3\.$/)).toBeVisible();
  await opened(page, "/data-health");
  await expect(page.getByText("The pull requests' own commits are not there")).toBeVisible();
  await page.getByText("Import again from a mirror").first().click();
  await expect(page.getByText("--org acme --repo widgets")).toBeVisible();

  await page.getByRole("button", { name: "Give it an owner team" }).click();
  const owner = page.getByRole("form", { name: "Owner team of acme/widgets" });
  await owner.getByLabel("Team").fill("Growth");
  await expectSound(page);
  await owner.getByRole("button", { name: "Set" }).click();
  await expect(owner).toBeHidden();
  await expect
    .poll(
      async () => {
        await opened(page, "/data-health");
        return page.getByText("None. Every merged pull request belongs to a team.").count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
});

test("a rule of one's own shows what it would change, is applied, and is taken back", async ({ page }) => {
  await opened(page, "/rules");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The shipped rules hold");
  await page.getByLabel("Generated files").fill("/src/limit.ts");
  await page.getByRole("button", { name: "See what would change" }).click();
  const result = page.getByRole("region", { name: "What would change" });
  await expect(result.getByRole("heading")).toHaveText(/^1\spull request of 3 would change$/, { timeout: 30_000 });
  await expect(result.getByText("Lines: 1", { exact: true })).toBeVisible();
  await expectSound(page);
  await result.getByLabel("Why").fill("It is written by a program");
  await result.getByRole("button", { name: "Apply as version 1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Version 1 of your own rules holds");
  await expect(page.getByText("+ Generated: /src/limit.ts")).toBeVisible();
  await expect(page.getByText("They are being applied")).toBeHidden({ timeout: 60_000 });
  await page.getByLabel("Generated files").fill("");
  await page.getByRole("button", { name: "See what would change" }).click();
  await result.getByLabel("Why").fill("It was not");
  await result.getByRole("button", { name: "Apply as version 2" }).click();
  await expect(page.getByText("− Generated: /src/limit.ts")).toBeVisible();
  await page.getByRole("button", { name: "Edit from version 1" }).click();
  await expect(page.getByLabel("Generated files")).toHaveValue("/src/limit.ts");
  await expectSound(page);
});

test("the sample fleet is loaded with one button beside real data, and removed with another", async ({ page }) => {
  test.setTimeout(300_000);
  await opened(page, "/welcome");
  await page.getByRole("button", { name: "Load the sample fleet" }).click();
  await expect(page.getByRole("progressbar", { name: "Loading the sample fleet" })).toBeVisible();
  // Work goes on without the page: leaving and coming back finds it where it is.
  await opened(page, "/overview");
  await opened(page, "/welcome");
  await expect(page).toHaveURL(/\/overview\?org=sample-fleet/, { timeout: 240_000 });
  await expect(page.getByRole("complementary", { name: "Sample data" })).toBeVisible();

  await opened(page, "/overview");
  await expect(page.getByRole("complementary", { name: "Sample data" }), "real data is never mixed").toHaveCount(0);
  await page.goBack();
  await page.getByRole("button", { name: "Remove the sample" }).click();
  await page.getByRole("button", { name: "Remove the sample fleet" }).click();
  await expect(page.getByRole("dialog")).toBeHidden({ timeout: 120_000 });
  await opened(page, "/welcome");
  await expect(page.getByRole("button", { name: "Load the sample fleet" })).toBeVisible();
  await opened(page, "/data-health");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("acme/widgets");
});

test.describe("a GitHub App", () => {
  test.use({ expectedConsole: /422/ });

  test("connects an organisation, and what is read of it is changed", async ({ page }) => {
    const end = new Date(Date.now() - 86_400_000);
    const dataset = generateDataset({ login: "initech", seed: 3, repositories: 3, pullRequests: 12, end, days: 60 });
    const github = await TestGitHub.start({ dataset, tokens: new Set() });
    try {
      await opened(page, "/connections");
      await expect(page.getByRole("heading", { level: 1 })).toContainText("No organisation is connected yet.");
      const form = page.getByRole("form", { name: "Connect with a GitHub App" });
      await form.getByLabel(/^Organisation/).fill("initech");
      await form.getByLabel(/^API address/).fill(github.url);
      // GitHub's page with its button is the one step that the test GitHub leaves out.
      await page.getByRole("button", { name: "Make the App at GitHub" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(
        /Fleetgauge initech .* is made\. One step is left\./,
      );
      await expectSound(page);
      await page.getByRole("link", { name: "Install it at GitHub" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("All is set at GitHub.");
      await expect(page.getByText(/3\srepositories of 3\./)).toBeVisible();
      await expectSound(page);

      await page.getByRole("link", { name: "Connections" }).last().click();
      const read = page.getByRole("progressbar", { name: "Default branches of initech" });
      await expect(read).toHaveAttribute("aria-valuenow", "100", { timeout: 60_000 });
      await page.getByRole("button", { name: "What is read" }).click();
      const choice = page.getByRole("form", { name: "What is read of initech" });
      await choice.getByLabel(/^Repositories/).fill("repo-000");
      await choice.getByLabel(/^Days/).fill("soon");
      await choice.getByRole("button", { name: "Read this" }).click();
      await expect(choice.getByLabel(/^Days/)).toHaveAttribute("aria-invalid", "true");
      await choice.getByLabel(/^Days/).fill("");
      await expectSound(page);
      await choice.getByRole("button", { name: "Read this" }).click();
      await expect(choice).toBeHidden();
      await expect(page.getByText("The repository is read").first()).toBeVisible({ timeout: 60_000 });
      await page.getByRole("button", { name: "Pause" }).click();
      await expect(page.getByText("Paused: GitHub is not asked, and what is known stays.")).toBeVisible();
    } finally {
      await github.close();
    }
  });
});

test.describe("an organisation at GitHub", () => {
  test.use({ expectedConsole: /400/ });

  test("is connected, read while one looks on, and paused", async ({ page }) => {
    const token = "github_pat_planted_in_the_browser";
    const end = new Date(Date.now() - 86_400_000);
    const dataset = generateDataset({ login: "umbrella", seed: 2, repositories: 2, pullRequests: 40, end, days: 120 });
    const github = await TestGitHub.start({ dataset, tokens: new Set([token]) });
    try {
      await opened(page, "/connections");
      const form = page.getByRole("form", { name: "Connect with a token" });
      const field = (name: string | RegExp) => form.getByLabel(name);
      await field("Organisation or user").fill("umbrella");
      await field("Fine-grained token").fill("github_pat_of_somebody_else");
      await field(/^API address/).fill(github.url);
      await form.getByRole("button", { name: "Connect" }).click();
      await expect(field("Fine-grained token")).toHaveAccessibleDescription(/GitHub refuses this token/);
      await expectSound(page);

      await field("Fine-grained token").fill(token);
      await form.getByRole("button", { name: "Connect" }).click();
      await expect(page.getByText(/umbrella is connected: 2\srepositories of 2\./)).toBeVisible();
      await expect(page.getByText("It is not shown again.")).toBeVisible();
      const read = page.getByRole("progressbar", { name: "Default branches of umbrella" });
      await expect(read).toHaveAttribute("aria-valuenow", "100", { timeout: 60_000 });
      await expectSound(page);
      await page.getByRole("button", { name: "Pause" }).click();
      await expect(page.getByText(/with a token\. Paused: GitHub is not asked/)).toBeVisible();
      await expect(page.getByText(token)).toHaveCount(0);
    } finally {
      await github.close();
    }
    await expect
      .poll(
        async () => {
          await opened(page, "/pull-requests?org=umbrella&period=all");
          return page.getByRole("row").count();
        },
        { timeout: 90_000 },
      )
      .toBeGreaterThan(10);
  });
});
