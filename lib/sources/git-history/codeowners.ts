import type { ChangedFile, FleetEvent } from "@/lib/events/schema";
import type { RawCommit } from "./api-types";
import { decodeText } from "./decode-text";
import type { GitClient } from "./git-client";
import { type ClockFallback, type MapContext, mapCodeowners } from "./map";
import type { ObjectReader } from "./object-reader";
import type { WarningLog } from "./warning-log";

/** Where GitHub looks for the file. */
const PATHS: readonly string[] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

interface Reader {
  context: MapContext;
  objects: ObjectReader;
  warnings: WarningLog;
}

/** An event for each CODEOWNERS file that a commit added, changed, moved or removed. */
export async function codeownersEvents(
  reader: Reader,
  commit: RawCommit,
  files: readonly ChangedFile[],
  fallback: ClockFallback,
): Promise<FleetEvent[]> {
  const versions = new Map<string, string | null>();
  for (const file of files) {
    if (file.from !== undefined && PATHS.includes(file.from) && !versions.has(file.from)) versions.set(file.from, null);
    if (PATHS.includes(file.path)) versions.set(file.path, file.after);
  }
  const events: FleetEvent[] = [];
  for (const path of PATHS) {
    const blob = versions.get(path);
    if (blob === undefined) continue;
    const event = await codeownersEvent(reader, commit, { path, blob, fallback });
    if (event !== null) events.push(event);
  }
  return events;
}

/** An event for each CODEOWNERS file that stood at a commit already, for histories that begin in the middle. */
export async function standingCodeowners(
  client: GitClient,
  reader: Reader,
  commit: RawCommit,
  fallback: ClockFallback,
): Promise<FleetEvent[]> {
  const listing = await client.answer(["ls-tree", "-z", "--full-tree", commit.tree, "--", ...PATHS]);
  const events: FleetEvent[] = [];
  for (const entry of (listing ?? "").split("\0")) {
    const [, blob, path] = /^\d{6} blob ([0-9a-f]+)\t(.+)$/.exec(entry) ?? [];
    if (blob === undefined || path === undefined) continue;
    const event = await codeownersEvent(reader, commit, { path, blob, fallback });
    if (event !== null) events.push(event);
  }
  return events;
}

async function codeownersEvent(
  { context, objects, warnings }: Reader,
  commit: RawCommit,
  { path, blob, fallback }: { path: string; blob: string | null; fallback: ClockFallback },
): Promise<FleetEvent | null> {
  const content = blob === null ? null : await objects.blob(blob);
  if (blob !== null && content === null) {
    // No rules would mean that the file was removed, which nobody said.
    warnings.add("codeowners_unread", commit.sha);
    return null;
  }
  return mapCodeowners(context, commit, { path, rules: content === null ? null : decodeText(content).text, fallback });
}
