import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { countMerged, mergedIn } from "@/tests/factories/github-sync";
import type { PullRequest, Repository } from "@/tests/mocks/github/model";
import { datasetOf, START, useFollowedGitHub } from "@/tests/setup/followed-github";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR_MS = 3_600_000;
const follow = useFollowedGitHub();

describe("what happens around the pull requests of a GitHub organisation", () => {
  it("reads bugs, incidents and security alerts, once each, and what becomes of them", async () => {
    const dataset = datasetOf("faulty", 150);
    const [first, second] = dataset.repositories as [Repository, Repository];
    const at = "2026-06-20T09:00:00Z";
    const alerts = <More extends object>(count: number, more: More) =>
      Array.from({ length: count }, (_, index) => ({ number: index + 1, created_at: at, ...more }));
    first.alerts = {
      "code-scanning": alerts(130, {
        dismissed_reason: null,
        rule: { description: "Injection", security_severity_level: "high" },
      }),
      dependabot: alerts(230, { security_advisory: { summary: "Prototype pollution", severity: "medium" } }),
      "secret-scanning": [
        ...alerts(2, { resolution: null, secret_type_display_name: "A key" }),
        {
          number: 3,
          created_at: at,
          resolution: "false_positive",
          resolved_at: at,
          secret_type_display_name: "A key",
        } as never,
        {
          number: 4,
          created_at: at,
          resolution: "revoked",
          resolved_at: at,
          secret_type_display_name: "A key",
        } as never,
      ],
    };
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const counts = async () => {
      const [row] = await query<Record<string, number>>(
        sql`select (select count(*) from fact_defect where org_id = ${followed.orgId} and security) as alerts,
          (select count(*) from fact_defect where org_id = ${followed.orgId} and not security) as bugs,
          (select count(*) from fact_defect where org_id = ${followed.orgId} and caused_by_number is not null) as caused,
          (select count(*) from fact_incident where org_id = ${followed.orgId}) as incidents,
          (select count(*) from fact_incident where org_id = ${followed.orgId} and resolved_at is null) as open`,
      );
      return row;
    };
    const issues = dataset.repositories.flatMap((repository) => repository.issues);
    const bugs = issues.filter(({ labels }) => labels.includes("kind/bug")).length;
    const incidents = issues.filter(({ labels }) => labels.includes("incident")).length;
    expect(bugs).toBeGreaterThan(10);
    expect(await counts()).toEqual({ alerts: 130 + 230 + 3, bugs, caused: bugs, incidents, open: 0 });
    const findings = await query<{ finding: string; is_false: boolean }>(
      sql`select finding, is_false from fact_judged_finding where org_id = ${followed.orgId} order by finding`,
    );
    expect(findings.map(({ finding, is_false }) => [finding.split("#")[1], is_false])).toEqual([
      ["3", true],
      ["4", false],
    ]);
    const wish = second.issues.find(({ labels }) => labels.includes("enhancement"));
    if (wish === undefined) throw new Error("there is no such issue");
    Object.assign(wish, { labels: ["outage"], updatedAt: "2026-07-01T00:20:00Z" });
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await counts()).toMatchObject({ incidents: incidents + 1, open: 1, bugs });
  });

  it("keeps what was said in reviews, who took it up, and what was released", async () => {
    const dataset = datasetOf("said");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const countOf = async () =>
      Object.fromEntries(
        (
          await query<{ kind: string; count: number }>(
            sql`select kind, count(*) as count from event where org_id = ${followed.orgId}
              and kind in ('review.commented', 'review_thread.observed', 'release.published') group by kind`,
          )
        ).map(({ count, kind }) => [kind, count]),
      );
    const { repositories } = dataset;
    const threads = repositories.flatMap(({ pullRequests }) => pullRequests).flatMap((pull) => pull.threads);
    const before = {
      "review.commented": repositories.flatMap(({ reviewComments }) => reviewComments).length,
      "review_thread.observed": threads.length,
      "release.published": repositories.flatMap(({ releases }) => releases).filter((one) => !one.isDraft).length,
    };
    expect(threads.length).toBeGreaterThan(300);
    expect(await countOf()).toEqual(before);
    const repository = repositories[0] as Repository;
    const pull = repository.pullRequests.find((one) => one.threads.some((thread) => !thread.isResolved)) as PullRequest;
    const thread = pull.threads.find(({ isResolved }) => !isResolved) as (typeof pull.threads)[number];
    Object.assign(thread, { isResolved: true, resolvedBy: pull.mergedBy });
    pull.updatedAt = "2026-07-01T00:20:00Z";
    const [comment] = repository.reviewComments;
    const at = "2026-07-01T00:20:00Z";
    repository.reviewComments.push({
      ...(comment as (typeof repository.reviewComments)[number]),
      id: 7,
      created_at: at,
      updated_at: at,
    });
    const draft = repository.releases.find(({ isDraft }) => isDraft) as (typeof repository.releases)[number];
    Object.assign(draft, { isDraft: false, publishedAt: at, createdAt: at });
    followed.pass(7 * HOUR_MS);
    await followed.sync();
    expect(await countOf()).toEqual({
      "review.commented": before["review.commented"] + 1,
      "review_thread.observed": threads.length + 1,
      "release.published": before["release.published"] + 1,
    });
  });

  it("reads all but the checks with a token that may not see them", async () => {
    const dataset = datasetOf("unseen");
    const followed = await follow({ dataset, forbidden: new Set(["contexts"]) }, { start: START });
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
    const states = await query<{ entity: string }>(
      sql`select distinct entity from sync_state where org_id = ${followed.orgId} and state <> 'idle'`,
    );
    expect(states).toEqual([{ entity: "checks" }]);
    // Someone may allow it later: it is tried again every day.
    followed.github.options.forbidden?.clear();
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    const [row] = await query<{ checks: number }>(
      sql`select count(*) as checks from fact_ci_run where org_id = ${followed.orgId} and check_name like 'scan %'`,
    );
    expect(row?.checks).toBeGreaterThan(300);
  });

  it("asks a server that is too old for some of it for the rest", async () => {
    const dataset = datasetOf("old");
    const unknownFields = new Set(["PullRequest.statusCheckRollup", "Issue.closedByPullRequestsReferences"]);
    const followed = await follow({ dataset, unknownFields }, { start: START });
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
    const [row] = await query<Record<string, unknown>>(
      sql`select (select count(*) from event where org_id = ${followed.orgId} and kind = 'incident.opened') as incidents,
        (select array_agg(distinct entity || ': ' || last_error) from sync_state
          where org_id = ${followed.orgId} and state <> 'idle') as left`,
    );
    expect(row?.incidents).toBeGreaterThan(0);
    expect(row?.left).toEqual(["checks: This server is too old to tell what checked a pull request"]);
    // It is asked anew in each run, so one that was renewed tells.
    unknownFields.clear();
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    const left = await query(sql`select from sync_state where org_id = ${followed.orgId} and state <> 'idle'`);
    expect(left).toEqual([]);
  });
});
