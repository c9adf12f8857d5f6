import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { GitFixture } from "@/tests/factories/git-fixture";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const SCRIPT = path.resolve("scripts/fleetgauge.mjs");

let repository: GitFixture;

beforeAll(() => {
  repository = new GitFixture("widgets");
  const claude = "Co-Authored-By: Claude <noreply@anthropic.com>";
  repository
    .commit("start", { message: "Start", files: { "README.md": "hello\n" } })
    .commit("feature", {
      message: `feat: add widgets (#1)\n\n${claude}`,
      files: { "src/widgets.ts": "one\ntwo\nthree\n" },
      committer: { name: "GitHub", email: "noreply@github.com" },
    })
    .commit("revert", {
      message: 'Revert "feat: add widgets (#1)" (#2)',
      files: { "src/widgets.ts": null },
      committer: { name: "GitHub", email: "noreply@github.com" },
    })
    .write();
  mkdirSync(path.join(repository.folder, "not-a-repository"));
});
afterAll(() => repository.remove());

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line as a person would, in another folder than the checkout. */
async function fleetgauge(...args: string[]): Promise<Outcome> {
  const options = { cwd: repository.folder, env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: "silent" } };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [SCRIPT, ...args], options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

describe("fleetgauge import git", () => {
  it("imports a repository and prints what it found", async () => {
    const { code, stdout } = await fleetgauge("import", "git", "widgets.git", "--org", "acme");
    expect(code).toBe(0);
    expect(stdout).toContain("acme/widgets");
    expect(stdout).toMatch(/merged pull requests\s+2 \(squash 2, merge 0, rebase 0\)/);
    expect(stdout).toMatch(/by agent: Claude Code\s+1/);
    expect(stdout).toMatch(/1 pull requests rolled back, 1 within 24 h/);
  });

  it("changes nothing when it is repeated, and says so to machines", async () => {
    const { code, stdout } = await fleetgauge("import", "git", "widgets.git", "--org", "acme", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      org: "acme",
      repo: "widgets",
      events: { added: 0 },
      summary: {
        merged: 2,
        direct: 1,
        rolledBack: 1,
        byAuthorKind: { agent: 0, assisted: 1, human: 1, automation: 0 },
      },
    });
  });

  it.each([
    ["a path that does not exist", ["no-such-folder"], /no-such-folder/],
    ["a folder that is no repository", ["not-a-repository"], /not-a-repository/],
    ["a branch that does not exist", ["widgets.git", "--branch", "mian"], /mian.*main/s],
    ["a date that is none", ["widgets.git", "--since", "yesterday-ish"], /yesterday-ish/],
    ["a name that cannot be an organisation", ["widgets.git", "--org", "a/b"], /a\/b/],
  ])("refuses %s and keeps nothing", async (_what, args, message) => {
    const before = await query(sql`select count(*) as events from event`);
    const { code, stdout, stderr } = await fleetgauge("import", "git", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
    expect(await query(sql`select count(*) as events from event`)).toEqual(before);
  });

  it("explains wrong usage with exit code 2", async () => {
    expect((await fleetgauge("import", "git")).code).toBe(2);
    expect((await fleetgauge("no-such-command")).code).toBe(2);
    expect((await fleetgauge("--help")).code).toBe(0);
  });
});

describe("fleetgauge rebuild, verify and score", () => {
  it("makes the facts again, equal to the stored ones", async () => {
    expect((await fleetgauge("rebuild")).stdout).toContain("1 repositories");
    const { code, stdout } = await fleetgauge("verify", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ checked: 1, mismatches: [], audit: { lines: 0, fault: null } });
  });

  it("fails a verification of facts that were changed by hand", async () => {
    await query(sql`update fact_pull_request set category = 1 where number = 1`);
    const { code, stdout } = await fleetgauge("verify");
    expect(code).toBe(1);
    expect(stdout).toContain("fact_pull_request");
    await fleetgauge("rebuild");
  });

  it("says which file is no reference", async () => {
    const { code, stderr } = await fleetgauge("score", "reverts", "README.md", "--repo", "acme/widgets");
    expect(code).toBe(2);
    expect(stderr).toContain("README.md");
  });
});

describe("fleetgauge organization create", () => {
  it("makes one that neither GitHub nor an import brings, once, and says what is wrong with what it is given", async () => {
    const made = await fleetgauge("organization", "create", "gitlab-co", "--time-zone", "Europe/Berlin", "--json");
    expect(JSON.parse(made.stdout)).toEqual({ slug: "gitlab-co", name: "gitlab-co", timeZone: "Europe/Berlin" });
    const again = await fleetgauge("organization", "create", "gitlab-co");
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("Europe/Berlin")]);
    const wrong = await fleetgauge("organization", "create", "other-co", "--time-zone", "Nowhere");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("is not the name of an IANA time zone")]);
    const rows = await query(sql`select slug from organization where slug in ('gitlab-co', 'other-co')`);
    expect(rows).toEqual([{ slug: "gitlab-co" }]);
  });
});
