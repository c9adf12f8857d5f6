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
  at: Date;
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

/** First parents back from a head, newest first, as far as the log holds them and nobody walked before. */
function walk(bySha: ReadonlyMap<string, CommitLink>, head: string, walked: Set<string>): CommitLink[] {
  const links: CommitLink[] = [];
  let link = bySha.get(head);
  while (link !== undefined && !walked.has(link.sha)) {
    walked.add(link.sha);
    links.push(link);
    link = link.parent === null ? undefined : bySha.get(link.parent);
  }
  return links;
}

/**
 * Reads the line by walking first parents back from the observed head, so that order never depends on clocks or on
 * the order of arrival, and commits that a force push dropped fall out. Where the walk ends at a commit that the log
 * does not hold (a part was imported after an earlier whole), what earlier heads of the branch led to is kept before
 * the gap. null when the repository was never observed.
 */
export async function loadLine(
  client: PoolClient,
  { orgId, repo, importedHead }: { orgId: number; repo: string; importedHead: string | null },
): Promise<Line | null> {
  const observations = await query<{ payload: Observed }>(
    sql`select payload from event where org_id = ${orgId} and repo = ${repo} and kind = 'repository.observed'`,
    client,
  );
  const payloads = observations.map((row) => row.payload);
  const imported = payloads.filter(({ headSha }) => headSha === importedHead);
  const observed = latestObservation(imported.length > 0 ? imported : payloads);
  if (observed === null) return null;
  const bySha = await loadLinks(client, orgId, repo);
  const walked = new Set<string>();
  const segment = walk(bySha, observed.headSha, walked);
  const start = segment.at(-1);
  const links = [...segment];
  const whole = start === undefined || start.parent === null;
  if (!whole) {
    const earlier = payloads.filter(({ branch, headSha }) => branch === observed.branch && bySha.has(headSha));
    earlier.sort((a, b) => Date.parse(b.completeTo) - Date.parse(a.completeTo) || (a.headSha < b.headSha ? -1 : 1));
    for (const { headSha, completeTo } of earlier) {
      if (Date.parse(completeTo) <= Date.parse(observed.completeTo)) links.push(...walk(bySha, headSha, walked));
    }
  }
  links.reverse();
  return {
    eventIds: links.map(({ id }) => id),
    positionOf: new Map(links.map(({ sha }, position) => [sha, position])),
    observed,
    completeTo: new Date(observed.completeTo),
    completeFrom: whole ? null : (start?.at ?? null),
  };
}

/** The landed commits that the log holds, by id. */
async function loadLinks(client: PoolClient, orgId: number, repo: string): Promise<Map<string, CommitLink>> {
  // The same commit may be known twice, once without contents: the richer event speaks for it.
  const links = await query<CommitLink>(
    sql`select id, occurred_at as at, payload->>'sha' as sha, payload->'parents'->>0 as parent,
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
  return bySha;
}
