import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import type { PullContext } from "@/lib/sources/contract";
import { type FixedLines, type FixLanding, fixedLines } from "./fix-lines";
import type { GitClient } from "./git-client";
import { LineOwners } from "./line-owners";
import { type MapContext, mapFixTrace, toInstant } from "./map";
import { PatchReader } from "./patch-reader";
import type { Survey } from "./survey";
import { patchesTouching } from "./touching-commits";

type TracedFile = PayloadOf<"fix.traced">["files"][number];

const FIXES_AT_ONCE = 32;
/** Lines that stood longer than this before they were mended are nobody's: defects count for 90 days after a merge. */
const OWNED_SECONDS = 365 * 86_400;

interface FixInput {
  context: MapContext;
  client: GitClient;
  survey: Survey;
  fixes: readonly FixLanding[];
  /** The first position of the line that is read. */
  first: number;
  onProgress: PullContext<never>["onProgress"];
}

/** A fix on the line: the positions of its first and its last commit. */
interface Fix {
  number: number;
  first: number;
  last: number;
  files: FixedLines[];
}

/** Whose a line is: the position where the pull request that brought it had landed. */
interface Owner {
  number: number;
  landedAt: number;
}

/**
 * Tells of each fix whose lines it takes out or changes (metrics.md 2.7, L4), by following the lines of its files along the line
 * of merges: changes of space alone do not make a line another's. The same whether a history is read at once or piece by piece.
 */
export async function* fixEvents(input: FixInput): AsyncGenerator<FleetEvent[]> {
  const { client, context, onProgress, survey } = input;
  const fixes = await readFixes(input);
  const last = fixes.at(-1);
  if (last === undefined) return;
  const stretch = { first: firstToFollow(input, fixes), end: last.first };
  const paths = new Set(fixes.flatMap(({ files }) => files.map(({ path }) => path)));
  const patches = new PatchReader(client, "space-blind");
  const owners = new LineOwners<Owner>();
  let next = 0;
  const tracedBefore = (position: number): FleetEvent[] => {
    const traced: FleetEvent[] = [];
    for (let fix = fixes[next]; fix !== undefined && fix.first <= position; fix = fixes[next]) {
      next += 1;
      const at = survey.scan.committedAt(fix.last);
      traced.push(mapFixTrace(context, { number: fix.number, files: traceFiles(input, owners, fix), at }));
    }
    return traced;
  };
  for await (const change of patchesTouching({ client, index: survey.index, patches, stretch, paths })) {
    const traced = tracedBefore(change.position);
    if (traced.length > 0) {
      yield traced;
      onProgress({ step: "Tracing fixes", done: next, total: fixes.length });
    }
    const owner = ownerAt(survey, change.position);
    owners.apply(change.patches, { ownerOf: () => owner });
  }
  yield tracedBefore(last.first);
  onProgress({ step: "Tracing fixes", done: next, total: fixes.length });
}

/** Fixes that take out or change lines of code, in the order of the line. */
async function readFixes({ client, fixes, survey: { index } }: FixInput): Promise<Fix[]> {
  const patches = new PatchReader(client, "with-text");
  const landings = fixes
    .map(({ landed, number }) => ({
      number,
      first: index.find(landed[0] ?? ""),
      last: index.find(landed.at(-1) ?? ""),
    }))
    // What the first commit of a history holds was there before anything was merged.
    .filter(({ first, last }) => first > 0 && last >= first)
    .sort((a, b) => a.first - b.first);
  const found: Fix[] = [];
  for (let next = 0; next < landings.length; next += FIXES_AT_ONCE) {
    const some = landings.slice(next, next + FIXES_AT_ONCE);
    const changes = await patches.patches(
      some.map(({ first, last }) => ({ sha: index.sha(last), parent: index.sha(first - 1) })),
    );
    for (const [at, landing] of some.entries()) {
      const files = fixedLines(changes[at] ?? []);
      if (files.length > 0) found.push({ ...landing, files });
    }
  }
  return found;
}

/** Where the work began that may own what the fixes mend. Clocks run backwards at times: the earliest commit counts. */
function firstToFollow({ first, survey: { landings, scan } }: FixInput, fixes: readonly Fix[]): number {
  const earliest = fixes.reduce((known, { last }) => Math.min(known, scan.committedAt(last)), Number.POSITIVE_INFINITY);
  const since = earliest - OWNED_SECONDS;
  let position = first;
  while (position < scan.length - 1 && scan.committedAt(position) < since) position += 1;
  return Math.max(1, landings.firstOf(position));
}

function ownerAt({ landings }: Survey, position: number): Owner | null {
  const number = landings.numberAt(position);
  if (number === undefined) return null;
  let landedAt = position;
  while (landings.numberAt(landedAt + 1) === number) landedAt += 1;
  return { number, landedAt };
}

function traceFiles({ survey: { scan } }: FixInput, owners: LineOwners<Owner>, fix: Fix): TracedFile[] {
  const since = scan.committedAt(fix.last) - OWNED_SECONDS;
  const files = fix.files.map(({ lines, path }): TracedFile => {
    const found = new Map<number, { lines: number; mergedAt: string }>();
    for (const owner of owners.of(path, lines)) {
      if (owner === null || scan.committedAt(owner.landedAt) < since) continue;
      const known = found.get(owner.number)?.lines ?? 0;
      found.set(owner.number, { lines: known + 1, mergedAt: toInstant(scan.committedAt(owner.landedAt)) });
    }
    const byNumber = [...found].sort(([a], [b]) => a - b).map(([number, owned]) => ({ number, ...owned }));
    return { path, lines: lines.length, owners: byNumber };
  });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
