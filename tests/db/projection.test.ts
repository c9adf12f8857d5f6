import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { digestFacts, verifyFacts } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository } from "@/lib/settings/repositories";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const append = (batches: FleetEvent[][]) => withTransaction((client) => appendEvents(client, batches));

let organizations = 0;
async function newOrganization(): Promise<number> {
  organizations += 1;
  return (await ensureOrganization({ slug: `org-${organizations}` })).id;
}

/** A week with an agent's pull request that is reverted, landed again and reverted again, and a direct push. */
function eventfulHistory(orgId: number, repo = "app"): HistoryFactory {
  const history = new HistoryFactory(orgId, repo);
  history.land({ title: "Start", at: "2026-01-05T09:00:00Z", files: ["README.md", "src/a.ts"] });
  const cache = history.land({
    title: "feat: cache the limits",
    number: 1,
    at: "2026-01-06T10:00:00Z",
    files: ["src/cache.ts", "src/limits.ts"],
    own: [`feat: cache\n\n${CLAUDE_TRAILER}`, `more\n\n${CLAUDE_TRAILER}`],
  });
  const revert = history.undo(cache, {
    title: 'Revert "feat: cache the limits (#1)"',
    number: 2,
    at: "2026-01-06T15:30:00Z",
    body: `This reverts commit ${cache}.`,
  });
  const again = history.undo(revert, {
    title: 'Reapply "feat: cache the limits"',
    number: 3,
    at: "2026-01-07T09:00:00Z",
    body: `This reverts commit ${revert}.`,
  });
  history.undo(again, {
    title: 'Revert "Reapply "feat: cache the limits" (#3)"',
    at: "2026-01-09T09:00:00Z",
    body: `This reverts commit ${again}.`,
  });
  history.land({ title: "docs: explain", number: 4, at: "2026-01-10T09:00:00Z", files: ["docs/guide.md"] });
  history.land({ title: "hotfix pushed straight", at: "2026-01-11T09:00:00Z", files: ["src/a.ts"] });
  return history;
}

describe("projection", () => {
  it("turns a history into facts", async () => {
    const orgId = await newOrganization();
    await append([eventfulHistory(orgId).events("2026-02-01T00:00:00Z")]);
    expect(await projectPending()).toBe(1);

    const pullRequests = await query(
      sql`select number, author_kind, category, exclusion, rollback_seconds, effective_lines, agent_lines
        from fact_pull_request where org_id = ${orgId} order by number`,
    );
    expect(pullRequests).toEqual([
      {
        number: 1,
        author_kind: 1,
        category: 9,
        exclusion: 0,
        rollback_seconds: 19_800,
        effective_lines: 20,
        agent_lines: 20,
      },
      {
        number: 2,
        author_kind: 3,
        category: 9,
        exclusion: 5,
        rollback_seconds: null,
        effective_lines: 0,
        agent_lines: 0,
      },
      {
        number: 3,
        author_kind: 3,
        category: 9,
        exclusion: 0,
        rollback_seconds: 172_800,
        effective_lines: 20,
        agent_lines: 0,
      },
      {
        number: 4,
        author_kind: 3,
        category: 1,
        exclusion: 0,
        rollback_seconds: null,
        effective_lines: 10,
        agent_lines: 0,
      },
    ]);
    const rollbacks = await query(
      sql`select revert_key, target_key, kind, counts, relanded_by_number from fact_rollback
        where org_id = ${orgId} order by reverted_at, target_key`,
    );
    expect(rollbacks).toMatchObject([
      { revert_key: "pr:2", target_key: "pr:1", kind: "revert", counts: true, relanded_by_number: 3 },
      { revert_key: "pr:3", target_key: "pr:2", kind: "reland", counts: false, relanded_by_number: null },
      { target_key: "pr:3", kind: "revert", counts: true, relanded_by_number: null },
    ]);
    expect(
      await query(sql`select title from fact_direct_push where org_id = ${orgId} order by pushed_at`),
    ).toHaveLength(3);
    expect(
      await query(sql`select landed, merged, squash, direct, strong, unmarked, unresolved, missing_commits
        from fact_repository where org_id = ${orgId}`),
    ).toEqual([
      { landed: 7, merged: 4, squash: 4, direct: 3, strong: 1, unmarked: 3, unresolved: 0, missing_commits: 0 },
    ]);
    expect(await query(sql`select * from projection_request where org_id = ${orgId}`)).toEqual([]);
  });

  it("adds nothing when everything is delivered again", async () => {
    const orgId = await newOrganization();
    const events = eventfulHistory(orgId).events("2026-02-01T00:00:00Z");
    expect(await append([events, events])).toEqual({ received: events.length * 2, added: events.length });
    expect(await append([events])).toEqual({ received: events.length, added: 0 });
    expect(await query(sql`select count(*) as requests from projection_request where org_id = ${orgId}`)).toEqual([
      { requests: 1 },
    ]);
  });

  it("gives the same bytes in whatever order and portions events arrive, and when made again", async () => {
    const orgId = await newOrganization();
    const reference = eventfulHistory(orgId, "in-order");
    await append([reference.events("2026-02-01T00:00:00Z")]);
    await projectPending();

    let repositories = 0;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 5 }), async (numbers, portions) => {
        repositories += 1;
        const shuffledOrg = await newOrganization();
        const events = eventfulHistory(shuffledOrg, "app").events("2026-02-01T00:00:00Z");
        const shuffled = events
          .map((event) => ({ event, rank: numbers.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        const size = Math.ceil(shuffled.length / portions);
        for (let start = 0; start < shuffled.length; start += size) {
          await append([shuffled.slice(start, start + size)]);
          await projectPending();
        }
        const ref = { orgId: shuffledOrg, repoId: await ensureRepository(shuffledOrg, "app") };
        const increment = await digestFacts(ref);
        await rebuildFacts();
        expect(await digestFacts(ref)).toEqual(increment);
        const inOrder = await newOrganization();
        await append([eventfulHistory(inOrder, "app").events("2026-02-01T00:00:00Z")]);
        await projectPending();
        expect(await contentOf(inOrder)).toEqual(await contentOf(shuffledOrg));
      }),
      { numRuns: 6 },
    );
    expect(repositories).toBeGreaterThan(0);
  });

  it("follows the observed head: commits that a force push dropped fall out", async () => {
    const orgId = await newOrganization();
    const before = eventfulHistory(orgId);
    await append([before.events("2026-01-12T00:00:00Z")]);
    await projectPending();
    const after = new HistoryFactory(orgId, "app");
    after.land({ title: "Start", at: "2026-01-05T09:00:00Z", files: ["README.md", "src/a.ts"] });
    after.land({ title: "feat: another way", number: 9, at: "2026-01-20T09:00:00Z" });
    await append([after.events("2026-02-01T00:00:00Z")]);
    await projectPending();
    expect(await query(sql`select number from fact_pull_request where org_id = ${orgId}`)).toEqual([{ number: 9 }]);
    expect(await query(sql`select missing_commits from fact_repository where org_id = ${orgId}`)).toEqual([
      { missing_commits: 4 },
    ]);
  });

  it("keeps nothing of an import whose source breaks off", async () => {
    const orgId = await newOrganization();
    async function* broken(): AsyncGenerator<FleetEvent[]> {
      yield eventfulHistory(orgId).events();
      throw new Error("object is unreadable");
    }
    await expect(withTransaction((client) => appendEvents(client, broken()))).rejects.toThrow("unreadable");
    expect(await query(sql`select id from event where org_id = ${orgId}`)).toEqual([]);
    expect(await query(sql`select id from projection_request where org_id = ${orgId}`)).toEqual([]);
  });

  it("finds facts that differ from the log", async () => {
    const orgId = await newOrganization();
    await append([eventfulHistory(orgId, "changed").events("2026-02-01T00:00:00Z")]);
    await projectPending();
    expect((await verifyFacts()).mismatches).toEqual([]);
    await query(sql`update fact_pull_request set effective_lines = 11 where org_id = ${orgId} and number = 4`);
    expect((await verifyFacts()).mismatches).toEqual([{ orgId, repo: "changed", tables: ["fact_pull_request"] }]);
    await rebuildFacts();
    expect((await verifyFacts()).mismatches).toEqual([]);
  });
});

/** A repository's facts without the ids that differ between organisations. */
async function contentOf(orgId: number): Promise<unknown[]> {
  return query(
    sql`select to_jsonb(f) - 'org_id' - 'repo_id' - 'team_id' as fact, to_jsonb(d) - 'org_id' - 'repo_id' as detail,
        (select jsonb_agg(to_jsonb(r) - 'org_id' - 'repo_id' order by revert_key, target_key)
          from fact_rollback r where r.org_id = f.org_id) as rollbacks
      from fact_pull_request f join fact_pull_request_detail d using (org_id, repo_id, number)
      where f.org_id = ${orgId} order by number`,
  );
}
