import { createHash } from "node:crypto";
import type { LandedChange, RevertVerdict } from "@/lib/attribution/types";
import type { ChangedFile } from "@/lib/events/schema";
import { createRevertResolver } from "./resolver";

const HOUR_MS = 3_600_000;
const START = Date.parse("2026-03-02T09:00:00Z");
const hash = (text: string): string => createHash("sha1").update(text).digest("hex");

interface Landing {
  number?: number;
  title: string;
  /** Below the subject of the landed commit. */
  body?: string;
  /** Description of the pull request. */
  description?: string;
  headRef?: string;
  /** Messages of the branch's commits, or their ids and messages. */
  own?: (string | { sha: string; message: string })[];
  /** New contents by path, as lines; null removes the file. */
  files?: Record<string, string[] | null>;
  /** Hours after the landing before; one by default. */
  after?: number;
  isSyncMerge?: boolean;
}

/** A small first-parent line for tests, with contents, blob ids and line counts that agree with each other. */
export class LineBuilder {
  readonly changes: LandedChange[] = [];
  private readonly contents = new Map<string, string[]>();
  private clock = START;

  land(landing: Landing): LandedChange {
    const { number, title, body = "", description = null, own = [], files = {}, after = 1 } = landing;
    this.clock += after * HOUR_MS;
    const subject = number === undefined ? title : `${title} (#${number})`;
    const sha = hash(`${this.changes.length} ${subject}`);
    const change: LandedChange = {
      key: number === undefined ? `sha:${sha}` : `pr:${number}`,
      number: number ?? null,
      title,
      message: body === "" ? subject : `${subject}\n\n${body}`,
      body: description,
      headRef: landing.headRef ?? null,
      landedShas: [sha],
      own: own.map((commit) =>
        typeof commit === "string" ? { sha: hash(`${sha} ${commit}`), message: commit } : commit,
      ),
      landedAt: this.clock,
      isSyncMerge: landing.isSyncMerge ?? false,
      files: Object.entries(files).map(([path, lines]) => this.write(path, lines)),
    };
    this.changes.push(change);
    return change;
  }

  /** The former contents of everything that a landing changed: hand it to `files` to take that landing back. */
  before(change: LandedChange): Record<string, string[] | null> {
    const at = this.changes.indexOf(change);
    const earlier = new LineBuilder();
    earlier.replay(this.changes.slice(0, at));
    return Object.fromEntries((change.files ?? []).map(({ path }) => [path, earlier.contents.get(path) ?? null]));
  }

  resolve(repo: string | null = "acme/api"): RevertVerdict[] {
    const resolver = createRevertResolver({ repo });
    for (const change of this.changes) resolver.push(change);
    return resolver.finish();
  }

  private replay(changes: LandedChange[]): void {
    for (const change of changes) for (const file of change.files ?? []) this.restore(file);
  }

  private restore(file: ChangedFile): void {
    const lines = file.after === null ? undefined : CONTENTS.get(file.after);
    if (lines) this.contents.set(file.path, lines);
    else this.contents.delete(file.path);
  }

  private write(path: string, lines: string[] | null): ChangedFile {
    const old = this.contents.get(path);
    const add = (lines ?? []).filter((line) => !old?.includes(line)).length;
    const del = (old ?? []).filter((line) => !lines?.includes(line)).length;
    if (lines) this.contents.set(path, lines);
    else this.contents.delete(path);
    return { path, add, del, before: blob(old), after: blob(lines ?? undefined) };
  }
}

const CONTENTS = new Map<string, string[]>();

function blob(lines: string[] | undefined): string | null {
  if (lines === undefined) return null;
  const id = hash(lines.join("\n"));
  CONTENTS.set(id, lines);
  return id;
}
