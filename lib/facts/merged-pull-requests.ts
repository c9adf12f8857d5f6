import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";
import type { Line } from "./line";

export type Merged = PayloadOf<"pull_request.merged">;

/** Which commits of the line belong to which pull request. */
export interface MergedOnLine {
  /** Pull request number by commit id. */
  numberOf: Map<string, number>;
  /** Commit id after which the pull request has landed completely, by number. */
  lastShaOf: Map<number, string>;
  /** Commit ids in line order, by number. */
  shasOf: Map<number, string[]>;
  /** Merged pull requests whose commits the line does not hold (another branch, or not imported yet). */
  missing: number;
}

/** Places every merged pull request of the log on the line; one merged elsewhere than the line is only counted. */
export async function placeMergedPullRequests(
  client: PoolClient,
  orgId: number,
  repo: string,
  line: Line,
): Promise<MergedOnLine> {
  const rows = await query<{ id: string; number: number; shas: string[] }>(
    sql`select id, (payload->>'number')::integer as number,
        array(select jsonb_array_elements_text(payload->'landedShas')) as shas
      from event where org_id = ${orgId} and repo = ${repo} and kind = 'pull_request.merged' order by id`,
    client,
  );
  const placed: MergedOnLine = { numberOf: new Map(), lastShaOf: new Map(), shasOf: new Map(), missing: 0 };
  for (const { number, shas } of rows) {
    if (placed.shasOf.has(number)) continue;
    const onLine = shas
      .filter((sha) => line.positionOf.has(sha) && !placed.numberOf.has(sha))
      .sort((a, b) => (line.positionOf.get(a) ?? 0) - (line.positionOf.get(b) ?? 0));
    const last = onLine.at(-1);
    if (last === undefined) {
      placed.missing += 1;
      continue;
    }
    for (const sha of onLine) placed.numberOf.set(sha, number);
    placed.shasOf.set(number, onLine);
    placed.lastShaOf.set(number, last);
  }
  return placed;
}

export interface Chunk {
  commits: Map<string, PayloadOf<"commit.landed">>;
  merged: Map<number, Merged>;
  own: Map<number, PayloadOf<"pull_request.commit">[]>;
}

/** Payloads of a stretch of the line: landed commits by id, merged pull requests and their own commits by number. */
export async function loadChunk(
  client: PoolClient,
  orgId: number,
  eventIds: string[],
  pullRequestSubjects: string[],
): Promise<Chunk> {
  const [commits, pullRequests] = [
    await query<{ payload: PayloadOf<"commit.landed"> }>(
      sql`select payload from event where org_id = ${orgId} and id = any(${eventIds}::text[])`,
      client,
    ),
    await query<{ kind: string; id: string; payload: Merged | PayloadOf<"pull_request.commit"> }>(
      sql`select kind, id, payload from event where org_id = ${orgId} and subject = any(${pullRequestSubjects}::text[])
        and kind in ('pull_request.merged', 'pull_request.commit') order by id`,
      client,
    ),
  ];
  const chunk: Chunk = {
    commits: new Map(commits.map((row) => [row.payload.sha, row.payload])),
    merged: new Map(),
    own: new Map(),
  };
  const seen = new Set<string>();
  for (const { payload } of pullRequests) {
    if ("mergeSha" in payload) {
      if (!chunk.merged.has(payload.number)) chunk.merged.set(payload.number, payload);
      continue;
    }
    const key = `${payload.number}@${payload.sha}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const own = chunk.own.get(payload.number);
    if (own === undefined) chunk.own.set(payload.number, [payload]);
    else own.push(payload);
  }
  for (const own of chunk.own.values()) own.sort((a, b) => a.position - b.position || (a.sha < b.sha ? -1 : 1));
  return chunk;
}
