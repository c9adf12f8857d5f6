import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type CommitLink, linksBySha } from "./commit-links";
import type { LineState, Observed } from "./line-state";
import { speakingObservation } from "./observations";

/** A repository's first-parent line as far as the log holds it, oldest commit first. */
export interface Line {
  /** Commit ids in line order. */
  shas: string[];
  /** Position in `shas` by commit id. */
  positionOf: Map<string, number>;
  /** Id of the event that speaks for a commit of the line. */
  eventIdOf(sha: string): string;
  observed: Observed;
  completeFrom: Date | null;
  /** What the line's state says of the commits and observations beside it. */
  beside: Pick<LineState, "importedSpeaks" | "settled" | "strayHeads" | "loose">;
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

/** Heads of the same branch that the log holds, latest observation first. */
function earlierHeads(payloads: Observed[], observed: Observed, bySha: ReadonlyMap<string, CommitLink>): Observed[] {
  const earlier = payloads.filter(({ branch, headSha }) => branch === observed.branch && bySha.has(headSha));
  return earlier.sort(
    (a, b) => Date.parse(b.completeTo) - Date.parse(a.completeTo) || (a.headSha < b.headSha ? -1 : 1),
  );
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
  const { observed, importedSpeaks } = speakingObservation(payloads, importedHead);
  if (observed === null) return null;
  const bySha = linksBySha(await loadLinks(client, orgId, repo));
  const walked = new Set<string>();
  const segment = walk(bySha, observed.headSha, walked);
  const start = segment.at(-1);
  const links = [...segment];
  const whole = start === undefined || start.parent === null;
  const earlier = whole ? [] : earlierHeads(payloads, observed, bySha);
  const isLater = ({ completeTo }: Observed) => Date.parse(completeTo) > Date.parse(observed.completeTo);
  for (const one of earlier) if (!isLater(one)) links.push(...walk(bySha, one.headSha, walked));
  links.reverse();
  return {
    shas: links.map(({ sha }) => sha),
    positionOf: new Map(links.map(({ sha }, position) => [sha, position])),
    eventIdOf: (sha) => bySha.get(sha)?.id ?? "",
    observed,
    completeFrom: whole ? null : await landedAt(client, orgId, start.id),
    beside: {
      importedSpeaks,
      settled: !earlier.some(isLater),
      strayHeads: new Set(payloads.flatMap(({ headSha }) => (walked.has(headSha) ? [] : [headSha]))),
      loose: new Set([...bySha.keys()].filter((sha) => !walked.has(sha))),
    },
  };
}

async function landedAt(client: PoolClient, orgId: number, id: string): Promise<Date | null> {
  const [row] = await query<{ at: Date }>(
    sql`select occurred_at as at from event where org_id = ${orgId} and id = ${id}`,
    client,
  );
  return row?.at ?? null;
}

/** The landed commits that the log holds. */
async function loadLinks(client: PoolClient, orgId: number, repo: string): Promise<CommitLink[]> {
  return query<CommitLink>(
    sql`select id, payload->>'sha' as sha, payload->'parents'->>0 as parent,
        case when payload->>'lineCounts' = 'known' then 2 when payload->>'files' is not null then 1 else 0 end as richness
      from event where org_id = ${orgId} and repo = ${repo} and kind = 'commit.landed'`,
    client,
  );
}
