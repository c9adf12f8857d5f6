import type { FleetEvent } from "@/lib/events/schema";
import type { PullContext } from "@/lib/sources/contract";
import { CHURN_DAYS, LineFates } from "./line-fates";
import { type MapContext, mapCodeChurn } from "./map";
import type { PatchReader } from "./patch-reader";
import type { Survey } from "./survey";

const DAY = 86_400;
const COMMITS_AT_ONCE = 32;
/** Clocks on the line run backwards at times: what landed is followed on for twice its time and so many commits. */
const FOLLOWED_COMMITS = 5000;

interface ChurnInput {
  context: MapContext;
  survey: Survey;
  patches: PatchReader;
  onProgress: PullContext<never>["onProgress"];
  /** The first position of the line that is read. */
  first: number;
  /** The first position that was not read before. */
  start: number;
  /** Up to when everything is known, in seconds since the epoch. */
  completeTo: number;
}

/**
 * What became of the lines of the pull requests whose 21 days are over. Those that were told of by an earlier pull may come
 * again, as they were. Of one that landed before the first position nothing is told.
 */
export async function* churnEvents(input: ChurnInput): AsyncGenerator<FleetEvent[]> {
  const { completeTo, context, onProgress, patches, survey } = input;
  const { index, landings, scan } = survey;
  const from = firstPosition(input);
  const fates = new LineFates();
  const waiting: { number: number; position: number; mergedAt: number }[] = [];
  const told = ({ mergedAt, number }: (typeof waiting)[number]): FleetEvent[] => {
    const files = fates.take(number);
    const until = mergedAt + CHURN_DAYS * DAY;
    return until > completeTo ? [] : [mapCodeChurn(context, { number, files, until })];
  };
  for (let next = from; next < scan.length; next += COMMITS_AT_ONCE) {
    const positions = Array.from({ length: Math.min(COMMITS_AT_ONCE, scan.length - next) }, (_, i) => next + i);
    // What the first commit of a history holds was there before anything was merged.
    const read = positions.filter((position) => position > 0);
    const changes = await patches.patches(
      read.map((position) => ({ sha: index.sha(position), parent: index.sha(position - 1) })),
    );
    for (const [i, position] of read.entries()) {
      const number = landings.numberAt(position);
      let last = position;
      while (number !== undefined && landings.numberAt(last + 1) === number) last += 1;
      const mergedAt = scan.committedAt(last);
      const isWhole = number !== undefined && landings.firstOf(position) >= from;
      fates.apply(changes[i] ?? [], isWhole ? { number, mergedAt } : null, scan.committedAt(position));
      if (isWhole && last === position) waiting.push({ number, position, mergedAt });
      while (isOver(waiting[0], position, scan.committedAt(position)))
        yield told(waiting.shift() as (typeof waiting)[0]);
    }
    onProgress({ step: "Following lines", done: next + positions.length - from, total: scan.length - from });
  }
  for (const landing of waiting) yield told(landing);
}

const isOver = (landing: { position: number; mergedAt: number } | undefined, position: number, at: number): boolean =>
  landing !== undefined &&
  position - landing.position > FOLLOWED_COMMITS &&
  at - landing.mergedAt > 2 * CHURN_DAYS * DAY;

/** Where pull requests may have landed whose time was not over when the line was read before. */
function firstPosition({ first, start, survey: { landings, scan } }: ChurnInput): number {
  if (start <= first) return first;
  const since = scan.committedAt(start - 1) - (CHURN_DAYS + 1) * DAY;
  let position = start;
  // Clocks run backwards at times: what counts is the earliest recent commit, and not the first that is too old.
  for (let before = start - 1; before >= Math.max(first, start - FOLLOWED_COMMITS); before -= 1) {
    if (scan.committedAt(before) >= since) position = before;
  }
  return landings.firstOf(position);
}
