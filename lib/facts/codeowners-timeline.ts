import { type Codeowners, parseCodeowners } from "@/lib/attribution/codeowners";
import { byId } from "./placement";

/** One state of the CODEOWNERS file. */
export interface CodeownersVersion {
  /** Of the event. */
  id: string;
  at: Date;
  /** Commit that brought it. */
  sha: string;
  rules: string | null;
}

/** Which CODEOWNERS file was in force at a position of a stretch of the line. */
export class CodeownersTimeline {
  private readonly versions: { id: string; position: number; rules: string | null; parsed?: Codeowners }[];

  /** A file that was there before the stretch holds from its start: its commit has no position. */
  constructor(versions: CodeownersVersion[], positionOf: ReadonlyMap<string, number>) {
    this.versions = versions
      .map(({ id, at, sha, rules }) => ({ id, at, position: positionOf.get(sha) ?? -1, rules }))
      .sort((a, b) => a.position - b.position || a.at.getTime() - b.at.getTime() || byId(a, b));
  }

  at(position: number): Codeowners | null {
    const version = this.versions.findLast((one) => one.position <= position);
    if (version === undefined || version.rules === null) return null;
    version.parsed ??= parseCodeowners(version.rules);
    return version.parsed;
  }

  /** Event of the file in force at the end. */
  get lastId(): string | null {
    return this.versions.at(-1)?.id ?? null;
  }
}
