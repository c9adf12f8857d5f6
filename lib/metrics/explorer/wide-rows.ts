import type { Scope } from "@/lib/auth/scope";
import { sql } from "@/lib/db/sql";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import { type NarrowRow, pullRequestId, type WideRow } from "./pull-request-item";

type Key = Pick<NarrowRow, "org_id" | "repo_id" | "number">;

/** Reads the details of some pull requests in one statement; a function that gives undefined for one without. */
export async function readWideRows(scope: Scope, keys: readonly Key[]): Promise<(key: Key) => WideRow | undefined> {
  if (keys.length === 0) return () => undefined;
  const rows = await queryScoped<Key & WideRow>(
    scope,
    sql`select d.org_id, d.repo_id, d.number, d.title, d.url, d.agents
      from unnest(${keys.map(({ org_id }) => org_id)}::int[], ${keys.map(({ repo_id }) => repo_id)}::int[],
        ${keys.map(({ number }) => number)}::int[]) as k(org_id, repo_id, number)
      join fact_pull_request_detail d on (d.org_id, d.repo_id, d.number) = (k.org_id, k.repo_id, k.number)`,
  );
  const byId = new Map(rows.map((row) => [pullRequestId(row.repo_id, row.number), row]));
  return ({ repo_id, number }) => byId.get(pullRequestId(repo_id, number));
}
