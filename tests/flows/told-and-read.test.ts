import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { importGitHistory } from "@/lib/ingest/import-git";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call } from "@/tests/api/call";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const NOW = new Date("2026-06-01T00:00:00Z");
const fixture = new GitFixture("widgets");
beforeAll(() => {
  for (const [index, name] of ["one", "two", "three"].entries()) {
    fixture.commit(name, {
      message: `Change ${name} (#${index + 1})`,
      committer: GITHUB,
      files: { [`src/${name}.ts`]: `${name}\n` },
    });
  }
  fixture.write();
  return () => fixture.remove();
});

const tell = async (org: string, number: number, name: string) => {
  const answer = await call(POST, "/", {
    body: {
      kind: "pull_request",
      id: `merge-${number}`,
      at: `2026-05-0${number}T12:00:00Z`,
      repository: `${org}/widgets`,
      number,
      state: "merged",
      title: `Change ${name}`,
      author: "claude[bot]",
      branch: "claude/change",
      mergeSha: fixture.sha(name),
    },
  });
  expect(await answer.json()).toMatchObject({ refused: 0 });
};
const read = (org: string) =>
  importGitHistory({ path: fixture.gitDir, org, repo: "widgets" }, { now: NOW, onProgress: () => {} });

/** What is known of the repository: its pull requests, by whom, with how many lines, and up to which commit. */
async function known(org: string) {
  await projectPending();
  expect((await verifyFacts()).mismatches).toEqual([]);
  const [{ orgId } = { orgId: 0 }] = await query<{ orgId: number }>(
    sql`select id as "orgId" from organization where slug = ${org}`,
  );
  const [row] = await query(
    sql`select (select array_agg(number || ' ' || author_kind || ' ' || coalesce(d.additions::text, '?') order by number)
          from fact_pull_request f join fact_pull_request_detail d using (org_id, repo_id, number) where f.org_id = ${orgId}) as pulls,
        (select array_agg(head_sha || ' ' || landed || ' ' || history) from fact_repository where org_id = ${orgId}) as repositories`,
  );
  return row;
}

describe("a repository whose pull requests are told and whose history is read", () => {
  const both = () => ({
    // Who opened the second one is told alone; what it changes is read alone.
    pulls: ["1 3 1", "2 1 1", "3 3 1"],
    repositories: [`${fixture.sha("three")} 3 full`],
  });

  it("has each of them once, told first", async () => {
    await ensureOrganization({ slug: "first" });
    await tell("first", 2, "two");
    expect(await known("first")).toEqual({
      pulls: ["2 1 ?"],
      repositories: [`${fixture.sha("two")} 1 told`],
    });
    await read("first");
    expect(await known("first")).toEqual(both());
  });

  it("has each of them once, read first", async () => {
    await read("second");
    await projectPending();
    await tell("second", 2, "two");
    expect(await known("second")).toEqual(both());
  });
});
