import { copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { sql } from "@/lib/db/sql";
import type { DigestedRow } from "./digested-row";
import type { RepositoryRef } from "./projection-context";
import type { PullRequestRow } from "./write-pull-requests";

/** PostgreSQL counts time from 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
/** Stands for null among whole numbers; no column holds it. */
const NONE = Number.MIN_SAFE_INTEGER;

const high32 = (mask: bigint): number => Number(BigInt.asIntN(32, mask >> 32n));
const low32 = (mask: bigint): number => Number(BigInt.asIntN(32, mask));

/** The columns of a narrow row that are compared, as whole numbers. */
const compared = (row: PullRequestRow, teamId: number | null): readonly number[] => [
  row.mergedAt,
  teamId ?? NONE,
  high32(row.agentMask),
  low32(row.agentMask),
  row.effectiveLines ?? NONE,
  row.agentLines ?? NONE,
  row.prodLines ?? NONE,
  row.authorKind,
  row.category,
  row.sizeBucket,
  row.exclusion,
  row.confidence,
  row.person ?? NONE,
];
const COMPARED = 13;

/** The pull requests that a repository's facts hold, in a few bytes each, to be compared with what a pass computes. */
export class StoredPullRequests {
  private readonly rowAt = new Map<number, number>();
  private readonly values: number[] = [];
  private readonly seconds: number[] = [];
  private readonly detailAt = new Map<number, number>();
  private readonly digests: number[] = [];

  static async load(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<StoredPullRequests> {
    const stored = new StoredPullRequests();
    await stored.loadRows(client, orgId, repoId);
    await stored.loadDetails(client, orgId, repoId);
    return stored;
  }

  private async loadRows(client: PoolClient, orgId: number, repoId: number): Promise<void> {
    const { rowAt, values, seconds } = this;
    await copyOut(
      client,
      sql`select number, merged_at, team_id, agent_mask, effective_lines, agent_lines, prod_lines, author_kind, category,
          size_bucket, exclusion, confidence, rollback_seconds, person_id
        from fact_pull_request where org_id = ${orgId} and repo_id = ${repoId}`,
      14,
      (row) => {
        const optional = (column: number): number => (row.isNull(column) ? NONE : row.int32(column));
        rowAt.set(row.int32(0), seconds.length);
        values.push(
          row.int64(1) / 1000 + EPOCH_MS,
          optional(2),
          row.high32(3),
          row.low32(3),
          optional(4),
          optional(5),
          optional(6),
          row.int16(7),
          row.int16(8),
          row.int16(9),
          row.int16(10),
          row.int16(11),
          optional(13),
        );
        seconds.push(row.isNull(12) ? NONE : row.int64(12));
      },
    );
  }

  private async loadDetails(client: PoolClient, orgId: number, repoId: number): Promise<void> {
    const { detailAt, digests } = this;
    await copyOut(
      client,
      sql`select number, digest from fact_pull_request_detail where org_id = ${orgId} and repo_id = ${repoId}`,
      2,
      (row) => {
        detailAt.set(row.int32(0), digests.length / 2);
        if (row.isNull(1)) digests.push(Number.NaN, Number.NaN);
        else digests.push(row.high32(1), row.low32(1));
      },
    );
  }

  hasRow(number: number): boolean {
    return this.rowAt.has(number);
  }

  hasDetail(number: number): boolean {
    return this.detailAt.has(number);
  }

  /** Whether the narrow row is there as it would be written, but for when it was rolled back. */
  holdsRow(row: PullRequestRow, teamId: number | null): boolean {
    const at = this.rowAt.get(row.number);
    if (at === undefined) return false;
    return compared(row, teamId).every((value, column) => this.values[at * COMPARED + column] === value);
  }

  /** Whether the wide row is there as it would be written. */
  holdsDetail(number: number, { high, low }: DigestedRow): boolean {
    const at = this.detailAt.get(number);
    return at !== undefined && this.digests[at * 2] === high && this.digests[at * 2 + 1] === low;
  }

  /** Seconds from merge to rollback as the narrow row says; null: none. */
  secondsOf(number: number): number | null {
    const seconds = this.seconds[this.rowAt.get(number) ?? -1];
    return seconds === undefined || seconds === NONE ? null : seconds;
  }

  /** Every pull request that is there in either form. */
  numbers(): Set<number> {
    return new Set([...this.rowAt.keys(), ...this.detailAt.keys()]);
  }
}
