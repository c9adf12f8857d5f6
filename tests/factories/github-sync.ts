import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { syncConnection } from "@/lib/ingest/github/sync";
import { saveConnection } from "@/lib/settings/github/connections";
import { ensureOrganization } from "@/lib/settings/organizations";
import { GitHubClient } from "@/lib/sources/github-api/client";
import type { Dataset } from "@/tests/mocks/github/model";
import { type GitHubOptions, TestGitHub } from "@/tests/mocks/github/server";

const TOKEN = "github_pat_planted";

/** An organisation at the test GitHub that is followed, with a clock that only moves when someone waits. */
export class FollowedGitHub {
  /** Milliseconds that were waited for. */
  waited = 0;

  private constructor(
    readonly github: TestGitHub,
    readonly connectionId: number,
    readonly orgId: number,
    private readonly clock: { now: Date },
  ) {}

  static async start(
    options: Omit<GitHubOptions, "tokens" | "now">,
    { start, depthDays = null }: { start: Date; depthDays?: number | null },
  ): Promise<FollowedGitHub> {
    const clock = { now: start };
    const github = await TestGitHub.start({ ...options, tokens: new Set([TOKEN]), now: () => clock.now });
    const organization = await ensureOrganization({ slug: options.dataset.organization.login });
    const connectionId = await connect(github, organization.id, depthDays);
    return new FollowedGitHub(github, connectionId, organization.id, clock);
  }

  /** Connects the same organisation once more. */
  async reconnect(depthDays: number | null): Promise<void> {
    await connect(this.github, this.orgId, depthDays);
  }

  get client(): GitHubClient {
    return new GitHubClient({
      apiUrl: this.github.url,
      token: async () => TOKEN,
      fetch: createEgressFetch({ allowHosts: ["127.0.0.1"] }),
      now: () => this.clock.now,
    });
  }

  pass(ms: number): void {
    this.clock.now = new Date(this.clock.now.getTime() + ms);
  }

  /** Reads all that is due and projects it. @param until stops after so many answers, as a kill between two of them */
  async sync(until = Number.POSITIVE_INFINITY, onStep: (entity: string) => void = () => {}): Promise<void> {
    const controller = new AbortController();
    let answers = 0;
    await syncConnection(this.connectionId, {
      client: this.client,
      now: () => this.clock.now,
      sleep: async (ms) => {
        this.waited += ms;
        this.pass(ms);
      },
      onStep: ({ entity }) => {
        answers += 1;
        onStep(entity);
        if (answers >= until) controller.abort(new Error("stopped"));
      },
      signal: controller.signal,
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) throw error;
    });
    await projectPending();
  }

  close(): Promise<void> {
    return this.github.close();
  }
}

function connect({ options, url }: TestGitHub, orgId: number, depthDays: number | null): Promise<number> {
  const { id: accountNodeId, login } = options.dataset.organization;
  return saveConnection({
    orgId,
    apiUrl: url,
    account: login,
    accountType: "organization",
    accountNodeId,
    credential: { token: TOKEN, expiresAt: null, webhookSecret: "planted-webhook-secret" },
    selection: { mode: "all" },
    depthDays,
    permissions: {},
    missingPermissions: [],
  });
}

/** Everything that facts say of an organisation, without what differs between two that are alike. */
export async function factsOf(orgId: number): Promise<unknown> {
  const [facts] = await query(
    sql`select
        (select jsonb_agg(to_jsonb(f) - 'org_id' - 'repo_id' - 'team_id'
            || jsonb_build_object('repo', r.name, 'team', t.slug) order by r.name, number)
          from fact_pull_request f join repository r on r.org_id = f.org_id and r.id = f.repo_id
            left join team t on t.id = f.team_id where f.org_id = o.id) as narrow,
        (select jsonb_agg(to_jsonb(d) - 'org_id' - 'repo_id' - 'digest' || jsonb_build_object('repo', r.name) order by r.name, number)
          from fact_pull_request_detail d join repository r on r.org_id = d.org_id and r.id = d.repo_id where d.org_id = o.id) as wide,
        (select jsonb_agg(to_jsonb(b) - 'org_id' - 'repo_id' - 'digest' order by revert_key, target_key, repo_id)
          from fact_rollback b where b.org_id = o.id) as rollbacks,
        (select jsonb_agg(to_jsonb(p) - 'org_id' - 'repo_id' order by sha) from fact_direct_push p where p.org_id = o.id) as pushes,
        (select jsonb_agg(to_jsonb(v) - 'org_id' - 'repo_id' - 'id' order by submitted_at, number, reviewer, repo_id)
          from fact_review v where v.org_id = o.id) as reviews,
        (select jsonb_agg(to_jsonb(c) - 'org_id' - 'repo_id' - 'id' order by finished_at, number, check_name, repo_id)
          from fact_ci_run c where c.org_id = o.id) as runs,
        (select jsonb_agg(to_jsonb(d) - 'org_id' - 'repo_id' - 'id' order by finished_at, sha)
          from fact_deployment d where d.org_id = o.id) as deployments,
        (select jsonb_agg(to_jsonb(c) - 'org_id' - 'repo_id' - 'team_id' order by closed_at, number, repo_id)
          from fact_closed_pull_request c where c.org_id = o.id) as closed,
        (select jsonb_agg(to_jsonb(h) - 'org_id' - 'repo_id' - 'complete_to' order by r.name)
          from fact_repository h join repository r on r.org_id = h.org_id and r.id = h.repo_id where h.org_id = o.id) as repositories
      from organization o where o.id = ${orgId}`,
  );
  return facts;
}

/** Merged pull requests that facts know of an organisation, and those that a dataset holds. */
export async function countMerged(orgId: number): Promise<number> {
  const [row] = await query<{ merged: number }>(
    sql`select count(*) as merged from fact_pull_request where org_id = ${orgId}`,
  );
  return row?.merged ?? 0;
}

export const mergedIn = ({ repositories }: Dataset): number =>
  repositories.reduce(
    (sum, { pullRequests }) => sum + pullRequests.filter(({ state }) => state === "MERGED").length,
    0,
  );
