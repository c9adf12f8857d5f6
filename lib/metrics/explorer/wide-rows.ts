import type { Scope } from "@/lib/auth/scope";
import { sql } from "@/lib/db/sql";
import type { PullRequestOutcome } from "@/lib/metrics/explorer/types";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import { type NarrowRow, pullRequestId, type WideRow } from "./pull-request-item";

type Key = Pick<NarrowRow, "org_id" | "repo_id" | "number" | "outcome">;

/** Reads the details of some pull requests in one statement; a function that gives undefined for one without. */
export async function readWideRows(scope: Scope, keys: readonly Key[]): Promise<(key: Key) => WideRow | undefined> {
  if (keys.length === 0) return () => undefined;
  const of =
    (outcome: PullRequestOutcome) =>
    (pick: (key: Key) => number): number[] =>
      keys.filter((key) => (key.outcome ?? "merged") === outcome).map(pick);
  const [ofMerged, ofClosed] = [of("merged"), of("closed")];
  const rows = await queryScoped<Key & WideRow>(
    scope,
    sql`select d.org_id, d.repo_id, d.number, d.title, d.url, d.agents
      from unnest(${ofMerged(({ org_id }) => org_id)}::int[], ${ofMerged(({ repo_id }) => repo_id)}::int[],
        ${ofMerged(({ number }) => number)}::int[]) as k(org_id, repo_id, number)
      join fact_pull_request_detail d on (d.org_id, d.repo_id, d.number) = (k.org_id, k.repo_id, k.number)
      union all
      select c.org_id, c.repo_id, c.number, c.title, null, coalesce(c.verdicts->'agents', '[]')
      from unnest(${ofClosed(({ org_id }) => org_id)}::int[], ${ofClosed(({ repo_id }) => repo_id)}::int[],
        ${ofClosed(({ number }) => number)}::int[]) as k(org_id, repo_id, number)
      join fact_closed_pull_request c on (c.org_id, c.repo_id, c.number) = (k.org_id, k.repo_id, k.number)`,
  );
  const byId = new Map(rows.map((row) => [pullRequestId(row.repo_id, row.number), row]));
  return ({ repo_id, number }) => byId.get(pullRequestId(repo_id, number));
}
