import { type Sample, sampleOf, timed } from "@/bench/report/sample";
import { AppError } from "@/lib/core/errors";
import { getPool, type PoolClient } from "@/lib/db/pool";

const COUNT = "select count(*) from fact_pull_request where org_id = $1";

/** One node of PostgreSQL's plan as EXPLAIN (FORMAT JSON) gives it. */
interface PlanNode {
  "Node Type": string;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): string[] => [node["Node Type"], ...(node.Plans ?? []).flatMap(nodesOf)];

/**
 * The yardstick of a run: one index-only count of all pull requests, on its own connections, once with the server's
 * parallel workers and once without.
 */
export class IndexOnlyCount {
  private readonly times = { parallel: [] as number[], single: [] as number[] };

  private constructor(
    private readonly orgId: number,
    private readonly parallel: PoolClient,
    private readonly single: PoolClient,
  ) {}

  /** @throws {AppError} `conflict` when the plan is not an index-only scan, so that no ratio is made with another one */
  static async open(orgId: number): Promise<IndexOnlyCount> {
    const parallel = await getPool().connect();
    const single = await getPool().connect();
    const count = new IndexOnlyCount(orgId, parallel, single);
    try {
      await single.query("set max_parallel_workers_per_gather = 0");
      for (const client of [parallel, single]) await count.assertIndexOnly(client);
      return count;
    } catch (error) {
      count.close();
      throw error;
    }
  }

  /** Counts once in each way. */
  async run(): Promise<void> {
    this.times.parallel.push((await timed(() => this.parallel.query(COUNT, [this.orgId]))).ms);
    this.times.single.push((await timed(() => this.single.query(COUNT, [this.orgId]))).ms);
  }

  /** What the runs so far came to. */
  samples(): { parallel: Sample; single: Sample } {
    return { parallel: sampleOf(this.times.parallel), single: sampleOf(this.times.single) };
  }

  close(): void {
    // The settings of these connections must not reach anybody else.
    this.parallel.release(true);
    this.single.release(true);
  }

  private async assertIndexOnly(client: PoolClient): Promise<void> {
    // Few rows are read faster from the table itself; the yardstick is the index.
    await client.query("set enable_seqscan = off; set enable_bitmapscan = off");
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(`explain (format json) ${COUNT}`, [
      this.orgId,
    ]);
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
    const nodes = plan === undefined ? [] : nodesOf(plan);
    if (!nodes.includes("Index Only Scan")) {
      throw new AppError({
        code: "conflict",
        message: `The count is not an index-only scan (${nodes.join(" → ")}): there is nothing to compare with.`,
      });
    }
  }
}
