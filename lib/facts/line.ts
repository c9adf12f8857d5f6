import { type CommitLink, linksBySha } from "./commit-links";
import type { LineLog } from "./line-log";
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
export async function loadLine(log: LineLog, importedHead: string | null): Promise<Line | null> {
  const payloads = await log.observations();
  const { observed, importedSpeaks } = speakingObservation(payloads, importedHead);
  if (observed === null) return null;
  const bySha = linksBySha(await log.links());
  const walked = new Set<string>();
  const segment = walk(bySha, observed.headSha, walked);
  const start = segment.at(-1);
  const links = [...segment];
  const whole = start === undefined || start.parent === null;
  const earlier = whole ? [] : earlierHeads(payloads, observed, bySha);
  const isLater = ({ completeTo }: Observed) => Date.parse(completeTo) > Date.parse(observed.completeTo);
  for (const one of earlier) if (!isLater(one)) links.push(...walk(bySha, one.headSha, walked));
  links.reverse();
  // Merges that are told one by one do not lead to each other.
  const first = observed.history === "told" ? links[0] : start;
  return {
    shas: links.map(({ sha }) => sha),
    positionOf: new Map(links.map(({ sha }, position) => [sha, position])),
    eventIdOf: (sha) => bySha.get(sha)?.id ?? "",
    observed,
    completeFrom: whole || first === undefined ? null : await log.landedAt(first.id),
    beside: {
      importedSpeaks,
      settled: !earlier.some(isLater),
      strayHeads: new Set(payloads.flatMap(({ headSha }) => (walked.has(headSha) ? [] : [headSha]))),
      loose: new Set([...bySha.keys()].filter((sha) => !walked.has(sha))),
    },
  };
}
