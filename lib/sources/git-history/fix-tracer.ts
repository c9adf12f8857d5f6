import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import type { PullContext } from "@/lib/sources/contract";
import type { GitClient } from "./git-client";
import { type MapContext, mapFixTrace, toInstant } from "./map";
import type { FilePatch } from "./parse-patches";
import { PatchReader } from "./patch-reader";
import type { Survey } from "./survey";

/** A merged pull request that says of itself that it is a fix. */
export interface FixLanding {
  number: number;
  /** Its commits on the line, oldest first. */
  landed: readonly string[];
}

type TracedFile = PayloadOf<"fix.traced">["files"][number];

const FIX_TITLE = /\b(?:fix(?:e[sd]|ing)?|hotfix|bug(?:fix)?(?:es|s)?|regression)\b/i;
const CLOSES_ISSUE = /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?#\d+/i;
const REVERT_TITLE = /^(?:revert\b|re-?(?:land|apply)\b)/i;
/** What changes more than this is no fix of one defect, whatever it says. */
const MOST_FILES = 50;
const MOST_LINES = 1000;
const FIXES_AT_ONCE = 4;
/** Blame costs a process for each file: of a history that is read for the first time the fixes of so long are traced. */
const TRACED_SECONDS = 60 * 86_400;

/** The fix that an event tells of; null for anything else. */
export function fixIn(event: FleetEvent): FixLanding | null {
  if (event.kind !== "pull_request.merged") return null;
  const { body, landedShas, number, title } = event.payload;
  if (REVERT_TITLE.test(title)) return null;
  if (!FIX_TITLE.test(title) && !(body !== null && CLOSES_ISSUE.test(body))) return null;
  return { number, landed: landedShas };
}

const COMMENT = /^(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?:\s|!|$)|--\s|<!--|%|;|"""|''')/;

/** Whether a line is code: not blank, no comment, and more than brackets. */
const isCode = (line: string): boolean => /[\p{L}\p{N}]/u.test(line) && !COMMENT.test(line.trim());
const withoutSpace = (line: string): string => line.replace(/\s+/g, "");

/** Numbers, before the change, of the lines of code of a file that a fix takes out or changes. */
function changedLines(patch: FilePatch, added: Map<string, number>): number[] {
  return patch.hunks.flatMap(({ from, text }) =>
    (text?.removed ?? []).flatMap((line, index) => {
      if (!isCode(line)) return [];
      const bare = withoutSpace(line);
      const left = added.get(bare) ?? 0;
      // What the fix puts in again was moved, or written in another form.
      if (left > 0) {
        added.set(bare, left - 1);
        return [];
      }
      return [from + index];
    }),
  );
}

/** How often each line is put in, by what stands on it but for space. */
function addedLines(patches: readonly FilePatch[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { hunks } of patches) {
    for (const line of hunks.flatMap(({ text }) => text?.added ?? [])) {
      const bare = withoutSpace(line);
      found.set(bare, (found.get(bare) ?? 0) + 1);
    }
  }
  return found;
}

/** Line numbers as the ranges that `git blame` takes. */
function rangesOf(lines: readonly number[]): string[] {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines) {
    const current = ranges.at(-1);
    if (current !== undefined && current[1] + 1 === line) current[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.flatMap(([first, last]) => ["-L", `${first},${last}`]);
}

const BLAMED = /^([0-9a-f]{40,64}) \d+ \d+/;

interface FixInput {
  context: MapContext;
  client: GitClient;
  survey: Survey;
  fixes: readonly FixLanding[];
  /** Up to when everything is known, in seconds since the epoch. */
  completeTo: number;
  onProgress: PullContext<never>["onProgress"];
}

/**
 * Tells of each fix whose lines it takes out or changes, by `git blame` along the line before it: blank lines, comments, what
 * is only moved or written in another form are nobody's fault.
 */
export async function* fixEvents(input: FixInput): AsyncGenerator<FleetEvent[]> {
  const { client, completeTo, context, fixes, onProgress, survey } = input;
  const patches = new PatchReader(client, true);
  const landings = fixes.flatMap(({ landed, number }) => {
    const [first, last] = [survey.index.find(landed[0] ?? ""), survey.index.find(landed.at(-1) ?? "")];
    // The first commit of a history was there before anything could be blamed.
    const isRecent = last >= 0 && survey.scan.committedAt(last) >= completeTo - TRACED_SECONDS;
    return first > 0 && last >= first && isRecent ? [{ number, last, base: survey.index.sha(first - 1) }] : [];
  });
  for (let next = 0; next < landings.length; next += FIXES_AT_ONCE) {
    const some = landings.slice(next, next + FIXES_AT_ONCE);
    const changes = await patches.patches(
      some.map(({ base, last }) => ({ sha: survey.index.sha(last), parent: base })),
    );
    const traced = await Promise.all(
      some.map(async ({ base, last, number }, at): Promise<FleetEvent[]> => {
        const files = await traceFiles(input, base, changes[at] ?? []);
        return files.length === 0 ? [] : [mapFixTrace(context, { number, files, at: survey.scan.committedAt(last) })];
      }),
    );
    yield traced.flat();
    onProgress({
      step: "Tracing fixes",
      done: Math.min(next + FIXES_AT_ONCE, landings.length),
      total: landings.length,
    });
  }
}

async function traceFiles(input: FixInput, base: string, patches: readonly FilePatch[]): Promise<TracedFile[]> {
  if (patches.length > MOST_FILES) return [];
  const added = addedLines(patches);
  const changed = patches.map((patch) => ({ path: patch.from ?? patch.path, lines: changedLines(patch, added) }));
  if (changed.reduce((sum, { lines }) => sum + lines.length, 0) > MOST_LINES) return [];
  const files: TracedFile[] = [];
  for (const { lines, path } of changed) {
    const owners = lines.length === 0 ? null : await ownersOf(input, base, { lines, path });
    if (owners !== null) files.push({ path, lines: lines.length, owners });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The pull requests that brought those lines of a file as it was, with how many; null of what git cannot blame, such as the commit
 * that a submodule points to.
 */
async function ownersOf(
  { client, survey: { index, landings, scan } }: FixInput,
  base: string,
  { lines, path }: { lines: readonly number[]; path: string },
): Promise<TracedFile["owners"] | null> {
  const found = new Map<number, { lines: number; mergedAt: string }>();
  const blame = ["blame", "--porcelain", "--first-parent", "-w", "-M", ...rangesOf(lines), base, "--", path];
  const answer = await client.answer(blame);
  if (answer === null) return null;
  for (const line of answer.split("\n")) {
    const sha = BLAMED.exec(line)?.[1];
    if (sha === undefined) continue;
    const position = index.find(sha);
    // What the first commit that is there holds may be older than it.
    const number = position > 0 ? landings.numberAt(position) : undefined;
    if (number === undefined) continue;
    let last = position;
    while (landings.numberAt(last + 1) === number) last += 1;
    const mergedAt = toInstant(scan.committedAt(last));
    found.set(number, { mergedAt, lines: (found.get(number)?.lines ?? 0) + 1 });
  }
  return [...found].map(([number, owned]) => ({ number, ...owned })).sort((a, b) => a.number - b.number);
}
