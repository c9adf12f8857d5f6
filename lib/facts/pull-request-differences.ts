import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PullRequestFact } from "./attribute";
import type { DigestedRow } from "./digested-row";
import type { RepositoryRef } from "./projection-context";
import type { StoredPullRequests } from "./stored-pull-requests";
import { TeamIds } from "./team-ids";
import { detailRow, type PullRequestRow, pullRequestRow, writeDetails, writePullRequests } from "./write-pull-requests";
import { markRollbacks } from "./write-rollbacks";

/** Narrow rows wait for what later landings say of them, so that few are written twice. */
const WAITING_ROWS = 20_000;

/**
 * Makes a repository's pull requests those of a pass: what is there already as it should be stays untouched, so a
 * rebuild that changes nothing writes nothing and no reader has to read anything again.
 */
export class PullRequestDifferences {
  private waiting: PullRequestRow[] = [];
  /** Numbers of which the wide row changed: the narrow one is written too, since notes of changes are about it. */
  private touched = new Set<number>();
  private readonly left: Set<number>;
  /** What narrow rows that are final but for their rollback say of it. */
  private readonly secondsOf = new Map<number, number | null>();
  private readonly teams: TeamIds;

  constructor(
    private readonly client: PoolClient,
    private readonly ref: RepositoryRef,
    private readonly stored: StoredPullRequests,
  ) {
    this.left = stored.numbers();
    this.teams = new TeamIds(client, ref.orgId);
  }

  async add(facts: PullRequestFact[]): Promise<void> {
    const changed: DigestedRow[] = [];
    const replaced: number[] = [];
    for (const fact of facts) {
      const { number } = fact.merged;
      const detail = detailRow(fact);
      this.left.delete(number);
      this.waiting.push(pullRequestRow(fact));
      if (this.stored.holdsDetail(number, detail)) continue;
      changed.push(detail);
      this.touched.add(number);
      if (this.stored.hasDetail(number)) replaced.push(number);
    }
    await this.removeDetails(replaced);
    await writeDetails(this.client, this.ref, changed);
    if (this.waiting.length >= WAITING_ROWS) await this.write(new Map());
  }

  /** @param secondsOf seconds from merge to the first full revert, by number */
  async finish(secondsOf: ReadonlyMap<number, number>): Promise<void> {
    await this.write(secondsOf);
    const gone = [...this.left];
    await this.removeDetails(gone.filter((number) => this.stored.hasDetail(number)));
    await this.removeRows(gone.filter((number) => this.stored.hasRow(number)));
    const late = [...this.secondsOf].filter(([number, said]) => said !== (secondsOf.get(number) ?? null));
    await markRollbacks(
      this.client,
      this.ref,
      new Map(late.map(([number]) => [number, secondsOf.get(number) ?? null])),
    );
  }

  private async write(secondsOf: ReadonlyMap<number, number>): Promise<void> {
    const { stored, waiting, touched } = this;
    const teamIds = await this.teams.of(waiting.map(({ team }) => team));
    const changed: PullRequestRow[] = [];
    for (const row of waiting) {
      const teamId = row.team === null ? null : (teamIds.get(row.team) ?? null);
      const same = !touched.has(row.number) && stored.holdsRow(row, teamId);
      if (!same) changed.push(row);
      this.secondsOf.set(row.number, same ? stored.secondsOf(row.number) : (secondsOf.get(row.number) ?? null));
    }
    await this.removeRows(changed.flatMap(({ number }) => (stored.hasRow(number) ? [number] : [])));
    await writePullRequests(this.client, this.ref, changed, { teamIds, secondsOf });
    this.waiting = [];
    this.touched = new Set();
  }

  private async removeRows(numbers: number[]): Promise<void> {
    if (numbers.length === 0) return;
    const { orgId, repoId } = this.ref;
    await execute(
      sql`delete from fact_pull_request
        where org_id = ${orgId} and repo_id = ${repoId} and number = any(${numbers}::integer[])`,
      this.client,
    );
  }

  private async removeDetails(numbers: number[]): Promise<void> {
    if (numbers.length === 0) return;
    const { orgId, repoId } = this.ref;
    await execute(
      sql`delete from fact_pull_request_detail
        where org_id = ${orgId} and repo_id = ${repoId} and number = any(${numbers}::integer[])`,
      this.client,
    );
  }
}
