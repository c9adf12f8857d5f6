import type { PayloadOf } from "@/lib/events/schema";
import { LineOwners } from "./line-owners";
import type { FilePatch } from "./parse-patches";

const DAY = 86_400;
/** Within so many days of its merge (metrics.md 2.4). */
const SHORT_DAYS = 14;
export const CHURN_DAYS = 21;

/** The pull request that a commit of the line belongs to, and when it had landed, in seconds since the epoch. */
export interface LandedWork {
  number: number;
  mergedAt: number;
}

/** Lines that one pull request added to one file. */
interface Added extends LandedWork {
  path: string;
  lines: number;
  gone14d: number;
  gone21d: number;
}

/**
 * Follows the lines that pull requests add, commit by commit along the line: which of them are gone, by deletion or by
 * change, and how long after the merge. What a pull request takes back of its own before it has landed was never merged.
 */
export class LineFates {
  private readonly lines = new LineOwners<Added>();
  private readonly byNumber = new Map<number, Map<string, Added>>();

  /** Applies a commit; `work` null: of no pull request. */
  apply(patches: readonly FilePatch[], work: LandedWork | null, at: number): void {
    this.lines.apply(patches, {
      ownerOf: (path) => (work === null ? null : this.addedBy(work, path)),
      takeOut: (added, count) => {
        if (added.number === work?.number) {
          added.lines -= count;
          return;
        }
        const age = at - added.mergedAt;
        if (age <= SHORT_DAYS * DAY) added.gone14d += count;
        if (age <= CHURN_DAYS * DAY) added.gone21d += count;
      },
    });
    if (work === null) return;
    for (const { hunks, isBinary, path } of patches) {
      if (hunks.length > 0 && !isBinary)
        this.addedBy(work, path).lines += hunks.reduce((sum, hunk) => sum + hunk.added, 0);
    }
  }

  private addedBy(work: LandedWork, path: string): Added {
    let files = this.byNumber.get(work.number);
    if (files === undefined) {
      files = new Map();
      this.byNumber.set(work.number, files);
    }
    let added = files.get(path);
    if (added === undefined) {
      added = { ...work, path, lines: 0, gone14d: 0, gone21d: 0 };
      files.set(path, added);
    }
    return added;
  }

  /** What became of the lines of a pull request, which is then followed no longer; its files in the order of their paths. */
  take(number: number): PayloadOf<"code_churn.measured">["files"] {
    const files = [...(this.byNumber.get(number)?.values() ?? [])];
    this.byNumber.delete(number);
    return files
      .filter(({ lines }) => lines > 0)
      .map(({ gone14d, gone21d, lines, path }) => ({ path, lines, gone14d, gone21d }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
