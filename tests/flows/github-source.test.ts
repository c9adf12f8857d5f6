import { afterEach, describe, expect, it } from "vitest";
import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { fetchCheckPage } from "@/lib/sources/github-api/checks";
import { GitHubClient } from "@/lib/sources/github-api/client";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { fetchPullRequest, fetchPullRequestPage } from "@/lib/sources/github-api/pull-requests";
import { FAULTS, FaultPlan } from "@/tests/mocks/github/faults";
import { generateDataset } from "@/tests/mocks/github/generate";
import { type GitHubOptions, TestGitHub } from "@/tests/mocks/github/server";

const END = new Date("2026-06-30T12:00:00Z");
const TOKEN = "ghs_test";
const NAME = { owner: "acme", name: "repo-000" };
let github: TestGitHub | null = null;

async function open(options: Partial<GitHubOptions> = {}): Promise<{ client: GitHubClient; github: TestGitHub }> {
  const dataset = generateDataset({ login: "acme", seed: 1, repositories: 1, pullRequests: 90, end: END, days: 60 });
  github = await TestGitHub.start({ dataset, tokens: new Set([TOKEN]), ...options });
  const client = new GitHubClient({
    apiUrl: github.url,
    token: async () => TOKEN,
    fetch: createEgressFetch({ allowHosts: ["127.0.0.1"] }),
    now: () => new Date(),
  });
  return { client, github };
}

afterEach(async () => {
  await github?.close();
  github = null;
});

describe("pull requests of the test GitHub", () => {
  it("are all read, page by page, at twenty or more for a point", async () => {
    const { client, github } = await open();
    const seen = new Set<number>();
    let long = 0;
    for (let after: string | null = null, more = true; more; ) {
      const page = await fetchPullRequestPage(client, NAME, { after, first: 30 });
      for (const { number } of page.items) seen.add(number);
      for (const { id, number } of page.long) {
        const { pull } = await fetchPullRequest(client, id);
        expect(pull?.timeline.length).toBeGreaterThan(0);
        seen.add(number);
        long += 1;
      }
      after = page.next;
      more = after !== null;
    }
    expect(seen.size).toBe(90);
    expect(long).toBeGreaterThanOrEqual(4);
    const points = github.requests
      .filter(({ what }) => what === "PullRequestPage")
      .reduce((sum, { points }) => sum + points, 0);
    expect(90 / points).toBeGreaterThanOrEqual(20);
  });

  it.each(FAULTS)("fail in a way that says what to do: %s", async (fault) => {
    const { client } = await open({ faults: new FaultPlan(1, 1, [fault]) });
    const after = fault === "stale_cursor" ? "Y3Vyc29yOnYyOjA=" : null;
    const failure = await fetchPullRequestPage(client, NAME, { after, first: 10 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GitHubFailure);
    const { reason, message } = failure as GitHubFailure;
    const kinds = {
      bad_gateway: "too_heavy",
      query_failed: "too_heavy",
      truncated: "transient",
      html: "transient",
      null_node: "too_heavy",
      stale_cursor: "stale_cursor",
      secondary_limit: "rate_limited",
      reset: "transient",
      unauthorized_once: "unauthorized",
    };
    expect(reason.kind).toBe(kinds[fault]);
    expect(message).not.toContain(TOKEN);
  });

  it("are refused when the hour's points are used up, with the time of the next", async () => {
    const now = new Date("2026-07-01T00:00:00Z");
    const { client } = await open({ pointsPerHour: 2, now: () => now });
    await fetchPullRequestPage(client, NAME, { after: null, first: 10 });
    await fetchPullRequestPage(client, NAME, { after: null, first: 10 });
    const failure = await fetchPullRequestPage(client, NAME, { after: null, first: 10 }).catch(
      (error: unknown) => error,
    );
    expect((failure as GitHubFailure).reason).toEqual({
      kind: "rate_limited",
      until: new Date("2026-07-01T01:00:00Z"),
      secondary: false,
    });
  });
});

describe("checks of the test GitHub", () => {
  it("are told of a whole page although one of them could not be", async () => {
    const { client, github } = await open();
    const [repository] = github.options.dataset.repositories;
    const checked = repository?.pullRequests.filter(({ checks }) => checks.length > 0) ?? [];
    Object.assign(checked.at(-1)?.checks[0] ?? {}, { conclusion: "NO_SUCH_STATE" });
    const page = await fetchCheckPage(client, NAME, { after: null, first: 100, floor: "2020-01-01T00:00:00Z" });
    expect(page.items).toHaveLength(90);
    expect(page.items.filter(({ contexts }) => contexts.length > 0)).toHaveLength(checked.length);
    const of = page.items.find(({ number }) => number === checked.at(-1)?.number);
    expect(of?.contexts.map((one) => one.__typename === "CheckRun" && one.conclusion)).toContain(null);
  });
});
