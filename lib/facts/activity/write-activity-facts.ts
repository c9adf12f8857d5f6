import { setImmediate } from "node:timers/promises";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";
import { requestDeployed } from "@/lib/facts/deployed/request-deployed";
import { refreshClosedPullRequests } from "./closed-pull-requests";
import { DEPLOYMENT_COLUMNS } from "./deployment-rows";
import { ActivityDirectory } from "./directory";
import { Portion } from "./portion";
import { Stages } from "./staged-rows";
import type { StagedTable } from "./tables";
import { TOLD_ROLLBACK_COLUMNS } from "./told-rollback-rows";

const FLUSH_ROWS = 20_000;

/** Rows written per table: those that were new or said something new. */
export type ActivityCounts = Record<StagedTable, number>;

/**
 * Activity of one organisation is written by one transaction at a time: what two of them fold into the same row would
 * otherwise depend on who came first. No repository has the number 0, so no projection of a line waits here.
 */
export async function lockActivity(client: PoolClient, orgId: number): Promise<void> {
  await query(sql`select pg_advisory_xact_lock(${orgId}::integer, 0)`, client);
}

/** Writes portions one after the other, the next one being made while the database works on the last. */
class ActivityWriter {
  private readonly directory = new ActivityDirectory();
  private readonly stages: Stages;
  private readonly locked = new Set<number>();
  private readonly counts: ActivityCounts = {
    fact_review: 0,
    fact_ci_run: 0,
    fact_deployment: 0,
    fact_told_rollback: 0,
    fact_incident: 0,
    fact_defect: 0,
    fact_cost: 0,
    fact_closed_pull_request: 0,
    fact_pull_request_flow: 0,
    fact_commit: 0,
    fact_issue_link: 0,
    fact_coverage: 0,
    fact_finding_report: 0,
    fact_code_churn: 0,
    fact_fix_owner: 0,
    fact_judged_finding: 0,
    fact_agent_session: 0,
  };
  private portion = new Portion(this.directory);
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly client: PoolClient) {
    this.stages = new Stages(client);
  }

  async add(batch: readonly FleetEvent[]): Promise<void> {
    // A source that never waits would keep the database from hearing the next statement.
    await setImmediate();
    await this.directory.know(batch);
    for (const event of batch) this.portion.add(event);
    if (this.portion.size >= FLUSH_ROWS) await this.flush();
  }

  private async flush(): Promise<void> {
    const full = this.portion;
    this.portion = new Portion(this.directory);
    await this.writing;
    this.writing = this.write(full);
    // Whoever waits for it next hears of a failure; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }

  private async write({ organizations, pullRequests, rows }: Portion): Promise<void> {
    const { client, counts, directory, stages } = this;
    for (const orgId of [...organizations].sort((a, b) => a - b)) {
      if (!this.locked.has(orgId)) await lockActivity(client, orgId);
      this.locked.add(orgId);
    }
    for (const table of Object.keys(rows) as (keyof typeof rows)[]) {
      counts[table] += await stages.write(table, rows[table]);
    }
    for (const place of placesOf(rows)) await requestDeployed(client, place);
    for (const [orgId, touched] of pullRequests) {
      counts.fact_closed_pull_request += await refreshClosedPullRequests(client, stages, directory, orgId, touched);
    }
  }

  async finish(): Promise<ActivityCounts> {
    await this.flush();
    await this.writing;
    await this.stages.drop();
    return this.counts;
  }

  /** Lets the database finish what it was given, so that the caller can roll back on the same connection. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => undefined);
  }
}

/** The repositories that rows of deployments and of rollbacks are about. */
function placesOf(rows: Portion["rows"]): { orgId: number; repoId: number }[] {
  const places = new Map<string, { orgId: number; repoId: number }>();
  const note = (columns: readonly string[], own: readonly (readonly CopyValue[])[]) => {
    const [org, repo] = [columns.indexOf("org_id"), columns.indexOf("repo_id")];
    for (const row of own) {
      const [orgId, repoId] = [row[org], row[repo]];
      if (typeof orgId === "number" && typeof repoId === "number") places.set(`${orgId} ${repoId}`, { orgId, repoId });
    }
  };
  note(DEPLOYMENT_COLUMNS, rows.fact_deployment);
  note(TOLD_ROLLBACK_COLUMNS, rows.fact_told_rollback);
  return [...places.values()].sort((a, b) => a.orgId - b.orgId || a.repoId - b.repoId);
}

/**
 * Writes the facts of what happens around pull requests inside the caller's transaction: one row per thing, whatever the
 * order of the events and however often each comes. Kinds that make no activity facts are passed over. Streams, so memory
 * does not grow with the number of events. The events of one pull request either are in the log or stand in one batch.
 * @returns the number of rows written per table
 */
export async function writeActivityFacts(
  client: PoolClient,
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): Promise<ActivityCounts> {
  const writer = new ActivityWriter(client);
  try {
    for await (const batch of batches) await writer.add(batch);
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
