import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";
import { CodeownersTimeline, type CodeownersVersion } from "./codeowners-timeline";
import type { Line } from "./line";
import { type MergedRef, type Placement, place } from "./placement";

/** A part of a line that is passed over: the whole of it, or what came last. */
export interface Stretch {
  /** Commit ids in line order. */
  shas: string[];
  positionOf: ReadonlyMap<string, number>;
  placed: Placement;
  codeowners: CodeownersTimeline;
  /** Payloads of commits of the stretch by id. */
  loadCommits(shas: string[]): Promise<Map<string, PayloadOf<"commit.landed">>>;
}

/** The whole line as one stretch, with the names of CODEOWNERS commits that are not on it. */
export async function wholeStretch(
  client: PoolClient,
  { orgId, repo }: { orgId: number; repo: string },
  line: Line,
): Promise<{ stretch: Stretch; strayCodeowners: Set<string> }> {
  const merged = await query<MergedRef>(
    sql`select id, (payload->>'number')::integer as number, payload->'landedShas' as shas
      from event where org_id = ${orgId} and repo = ${repo} and kind = 'pull_request.merged'`,
    client,
  );
  const versions = await query<CodeownersVersion>(
    sql`select id, occurred_at as at, payload->>'sha' as sha, payload->>'rules' as rules
      from event where org_id = ${orgId} and repo = ${repo} and kind = 'codeowners.changed'`,
    client,
  );
  const { shas, positionOf } = line;
  return {
    stretch: {
      shas,
      positionOf,
      placed: place(merged, positionOf),
      codeowners: new CodeownersTimeline(versions, positionOf),
      async loadCommits(wanted) {
        const rows = await query<{ payload: PayloadOf<"commit.landed"> }>(
          sql`select payload from event where org_id = ${orgId} and id = any(${wanted.map(line.eventIdOf)}::text[])`,
          client,
        );
        return new Map(rows.map(({ payload }) => [payload.sha, payload]));
      },
    },
    strayCodeowners: new Set(versions.flatMap(({ sha }) => (positionOf.has(sha) ? [] : [sha]))),
  };
}
