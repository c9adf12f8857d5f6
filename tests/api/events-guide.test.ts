import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/events/route";
import { GET as schemaRoute } from "@/app/api/v1/events/schema/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { testKey } from "@/tests/factories/accounts";
import { EXAMPLES, GUIDE } from "@/tests/factories/events-guide";
import { insertTeam } from "@/tests/factories/facts";
import { serveRoute } from "@/tests/factories/serve-route";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

const run = promisify(execFile);

let acme: number;
beforeAll(async () => {
  acme = (await ensureOrganization({ slug: "acme" })).id;
  await insertTeam(acme, "payments");
  // The agents of the rules come with the first projection.
  await projectPending();
});

describe("the examples of docs/events.md", () => {
  it("are of every kind", async () => {
    const schema = (await (await call(schemaRoute, "/api/v1/events/schema", { as: null })).json()) as {
      oneOf: { properties: { kind: { const: string } } }[];
    };
    expect([...new Set(EXAMPLES.map(({ kind }) => kind))].sort()).toEqual(
      schema.oneOf.map(({ properties }) => properties.kind.const).sort(),
    );
  });

  it("are taken as they stand, and once", async () => {
    const { server, url } = await serveRoute(POST);
    const env = { ...process.env, FLEETGAUGE_URL: url, FLEETGAUGE_KEY: await testKey() };
    try {
      for (const { kind, script } of EXAMPLES) {
        const { stdout } = await run("sh", ["-c", script], { env });
        expect([kind, JSON.parse(stdout)]).toEqual([kind, expect.objectContaining({ duplicates: 0, refused: 0 })]);
      }
      for (const { kind, script } of EXAMPLES) {
        const { stdout } = await run("sh", ["-c", script], { env });
        expect([kind, JSON.parse(stdout)]).toEqual([kind, expect.objectContaining({ accepted: 0, refused: 0 })]);
      }
    } finally {
      server.close();
    }
  });

  it("count: the pull request with its agent and lines, its deployment, what came of it, and what it cost", async () => {
    await projectPending();
    const [row] = await query(
      sql`select d.additions, d.deletions, d.title,
          (select count(*) from fact_review where org_id = ${acme} and number = 812) as reviews,
          (select count(*) from fact_ci_run where org_id = ${acme} and number = 812) as runs,
          (select array_agg(kind order by finished_at) from fact_deployment where org_id = ${acme}) as deployments,
          (select array_agg(array[kind, seconds::text, counts::text] order by reverted_at) from fact_rollback
            where org_id = ${acme} and target_number = 812) as rollbacks,
          p.rollback_seconds as back, (select deployed_at is not null from fact_pull_request_deployment where org_id = ${acme} and number = 812) as deployed,
          (select resolved_at - opened_at from fact_incident where org_id = ${acme} and caused_by_number = 812)::text as outage,
          (select array_agg(security order by opened_at) from fact_defect where org_id = ${acme} and caused_by_number = 812) as defects,
          (select array_agg(a.name) from agent a where p.agent_mask & (1::bigint << a.code) <> 0) as agents,
          (select count(*) from fact_unknown_bot where org_id = ${acme}) as strangers,
          (select amount_minor::text || currency from fact_cost where org_id = ${acme}) as cost
        from fact_pull_request p join fact_pull_request_detail d using (org_id, repo_id, number)
        where p.org_id = ${acme} and p.number = 812`,
    );
    expect(row).toMatchObject({
      title: "Retry failed charges",
      agents: ["Claude Code"],
      strangers: 0,
      additions: 42,
      deletions: 7,
      reviews: 1,
      runs: 2,
      deployments: [1, 3],
      rollbacks: [
        ["deployment", "4800", "true"],
        ["told", "5100", "false"],
      ],
      back: 4800,
      deployed: true,
      outage: "00:40:00",
      defects: [false, true],
      cost: "1842USD",
    });
    expect(await verifyFacts()).toMatchObject({ mismatches: [] });
  });
});

describe("the ways of docs/events.md to tell of a deployment", () => {
  const SHA = "0123456789abcdef0123456789abcdef01234567";
  const part = (title: string, language: string) =>
    GUIDE.split(`### ${title}\n`)[1]?.split(`\`\`\`${language}\n`)[1]?.split("```")[0] ?? "";
  // What GitHub passes to the shell: the text of `run`, without its indentation.
  const step = part("From GitHub Actions", "yaml").split("run: |\n")[1]?.replace(/^ {4}/gm, "") ?? "";

  it.each([
    ["GitHub Actions", step, { kind: 1, status: 2 }],
    ["a shell", part("From a shell", "sh"), { kind: 3, status: 1 }],
  ])("work as they stand: %s", async (_, script, expected) => {
    const { server, url } = await serveRoute(POST);
    const bin = mkdtempSync(path.join(tmpdir(), "events-bin-"));
    try {
      writeFileSync(path.join(bin, "git"), `#!/bin/sh\necho ${SHA}\n`, { mode: 0o755 });
      const env = {
        ...process.env,
        PATH: `${bin}:${process.env.PATH}`,
        FLEETGAUGE_URL: url,
        FLEETGAUGE_KEY: await testKey(),
        GITHUB_RUN_ID: "901",
        GITHUB_RUN_ATTEMPT: "1",
        GITHUB_REPOSITORY: "acme/billing",
        GITHUB_SHA: SHA,
        STATUS: "failure",
      };
      const { stdout } = await run("sh", ["-c", script], { env });
      expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, refused: 0 });
      // A slip in the name of the repository fails the step, with the reason.
      const wrong = script.replace("acme/billing", "acme/biling");
      const refused = run("sh", ["-c", wrong], { env: { ...env, GITHUB_REPOSITORY: "acme/biling" } });
      await expect(refused).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining("no repository acme/biling"),
      });
      const nowhere = run("sh", ["-c", script.replace("--retry 5", "")], {
        env: { ...env, FLEETGAUGE_URL: "http://127.0.0.1:1" },
      });
      await expect(nowhere).rejects.toMatchObject({ code: 1 });
      await projectPending();
      const rows = await query(
        sql`select kind, status from fact_deployment where org_id = ${acme} and sha = ${SHA} and kind = ${expected.kind}`,
      );
      expect(rows).toEqual([expected]);
    } finally {
      server.close();
      rmSync(bin, { recursive: true, force: true });
    }
  });
});
