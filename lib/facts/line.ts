import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";

/** A repository's first-parent line as far as the log holds it, oldest commit first. */
export interface Line {
  /** Event ids of the landed commits, in line order. */
  eventIds: string[];
  /** Position in `eventIds` by commit id. */
  positionOf: Map<string, number>;
  observed: PayloadOf<"repository.observed">;
  completeTo: Date;
  completeFrom: Date | null;
}

interface CommitLink {
  id: string;
  sha: string;
  parent: string | null;
  richness: number;
}

const HISTORY_RANK = { full: 2, since: 1, shallow: 0 } as const;

type Observed = PayloadOf<"repository.observed">;

/** The observation that speaks for the repository: the latest watermark, then the one that saw most. */
function latestObservation(observations: Observed[]): Observed | null {
  const ranked = [...observations].sort(
    (a, b) =>
      Date.parse(b.completeTo) - Date.parse(a.completeTo) ||
      HISTORY_RANK[b.history] - HISTORY_RANK[a.history] ||
      Number(b.lineCounts === "known") - Number(a.lineCounts === "known") ||
      Number(b.pullRequestRefs) - Number(a.pullRequestRefs) ||
      (a.headSha < b.headSha ? -1 : 1),
  );
  return ranked[0] ?? null;
}

/**
 * Reads the line by walking first parents back from the observed head, so that order never depends on clocks or on
 * the order of arrival, and commits that a force push dropped fall out. null when the repository was never observed.
 */
export async function loadLine(client: PoolClient, orgId: number, repo: string): Promise<Line | null> {
  const observations = await query<{ payload: Observed }>(
    sql`select payload from event where org_id = ${orgId} and repo = ${repo} and kind = 'repository.observed'`,
    client,
  );
  const payloads = observations.map((row) => row.payload);
  const observed = latestObservation(payloads);
  if (observed === null) return null;
  // The same commit may be known twice, once without contents: the richer event speaks for it.
  const links = await query<CommitLink>(
    sql`select id, payload->>'sha' as sha, payload->'parents'->>0 as parent,
        case when payload->>'lineCounts' = 'known' then 2 when payload->>'files' is not null then 1 else 0 end as richness
      from event where org_id = ${orgId} and repo = ${repo} and kind = 'commit.landed'`,
    client,
  );
  const bySha = new Map<string, CommitLink>();
  for (const link of links) {
    const known = bySha.get(link.sha);
    if (
      known === undefined ||
      link.richness > known.richness ||
      (link.richness === known.richness && link.id < known.id)
    ) {
      bySha.set(link.sha, link);
    }
  }
  const eventIds: string[] = [];
  const shas: string[] = [];
  for (
    let link = bySha.get(observed.headSha);
    link !== undefined;
    link = link.parent === null ? undefined : bySha.get(link.parent)
  ) {
    eventIds.push(link.id);
    shas.push(link.sha);
  }
  eventIds.reverse();
  shas.reverse();
  const full = payloads.some((payload) => payload.history === "full");
  const starts = payloads.flatMap((payload) =>
    payload.completeFrom === null ? [] : [Date.parse(payload.completeFrom)],
  );
  return {
    eventIds,
    positionOf: new Map(shas.map((sha, position) => [sha, position])),
    observed,
    completeTo: new Date(observed.completeTo),
    completeFrom: full || starts.length === 0 ? null : new Date(Math.min(...starts)),
  };
}
