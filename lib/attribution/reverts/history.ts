import type { LandedChange } from "@/lib/attribution/types";
import { CommitIndex } from "./commit-index";
import { FileWindow, type Move, type WindowLimits } from "./file-window";
import type { Reference } from "./references";
import { TitleIndex } from "./title-index";
import { bareTitle, normalTitle } from "./titles";

/** What stays in memory of every change of the line. */
export interface KnownChange {
  key: string;
  number: number | null;
  title: string;
  sha: string;
  landedAt: number;
  isSyncMerge: boolean;
  /** It took earlier changes back (or said so); landing it again backwards is a re-land. */
  isRevert: boolean;
  /** Changes that this one took back in full. */
  undoes: readonly number[];
  /** The change that took this one back, the first time. */
  rolledBackBy: number | null;
  /** The change that landed this one again after that. */
  relandedBy: number | null;
}

const NONE: readonly number[] = [];
const REVIEW_IDS = /^\s*(?:Differential Revision:\s*\S*?\/?(D\d{3,})|Change-Id:\s*(I[0-9a-f]{40}))\s*$/gm;

/** Everything before the change at hand: who landed what, under which ids, titles and file contents. */
export class History {
  readonly changes: KnownChange[] = [];
  readonly commits = new CommitIndex();
  readonly titles = new TitleIndex();
  readonly window: FileWindow;
  private readonly byNumber = new Map<number, number>();
  private readonly byReviewId = new Map<string, number>();
  private readonly repo: string | null;
  /** By bare title the newest change that was taken back and not landed again. */
  private readonly away = new Map<string, number>();

  /** `repo`: name (or owner/name) of the repository, to tell another repository's numbers apart. */
  constructor(repo: string | null, limits: WindowLimits) {
    this.repo = repo === null ? null : lastSegment(repo.toLowerCase());
    this.window = new FileWindow(limits);
  }

  /** `moves` are those of the change's files. */
  add(change: LandedChange, moves: readonly Move[]): number {
    const index = this.changes.length;
    this.changes.push({
      key: change.key,
      number: change.number,
      title: detached(change.title),
      sha: detached(change.landedShas.at(-1) ?? ""),
      landedAt: change.landedAt,
      isSyncMerge: change.isSyncMerge,
      isRevert: false,
      undoes: NONE,
      rolledBackBy: null,
      relandedBy: null,
    });
    for (const sha of change.landedShas) this.commits.add(sha, index, true);
    for (const commit of change.own) this.commits.add(commit.sha, index, false);
    this.titles.add(change.title);
    if (change.number !== null) this.byNumber.set(change.number, index);
    if (change.message.includes("Differential Revision:") || change.message.includes("Change-Id:")) {
      for (const id of change.message.matchAll(REVIEW_IDS)) this.byReviewId.set(id[1] ?? id[2] ?? "", index);
    }
    if (change.files !== null) this.window.add(index, change.landedAt, change.files, moves);
    return index;
  }

  at(index: number): KnownChange {
    const change = this.changes[index];
    if (!change) throw new RangeError(`no change at ${index}`);
    return change;
  }

  /** `revert` takes these changes back; only the first to do so counts. */
  rollBack(revert: number, targets: readonly number[]): void {
    this.at(revert).isRevert = true;
    this.at(revert).undoes = targets;
    for (const target of targets) {
      const known = this.at(target);
      if (known.rolledBackBy !== null) continue;
      known.rolledBackBy = revert;
      this.away.set(awayKey(known.title), target);
    }
  }

  /** `change` lands again what this revert had taken back. */
  landAgain(change: number, revert: number): void {
    for (const target of this.at(revert).undoes) {
      const known = this.at(target);
      known.relandedBy ??= change;
      if (this.awayWithTitle(known.title) === target) this.away.delete(awayKey(known.title));
    }
  }

  /**
   * The newest change with this title that was taken back and not landed again, whatever the conventional prefix; null
   * when there is none.
   */
  awayWithTitle(title: string): number | null {
    return this.away.size === 0 ? null : (this.away.get(awayKey(title)) ?? null);
  }

  /** All changes taken back and not landed again, latest taken back first. */
  allAway(): number[] {
    return [...this.away.values()].reverse();
  }

  /** The change with this pull request number; null when it has not landed (it may be an issue, or come later). */
  byPullRequest(number: number): number | null {
    return this.byNumber.get(number) ?? null;
  }

  byReview(id: string): number | null {
    return this.byReviewId.get(id) ?? null;
  }

  /** `own/name#1` against this repository's name; owners are ignored, because repositories move and are forked. */
  isOtherRepo(reference: Pick<Reference, "repo">): boolean {
    return reference.repo !== null && this.repo !== null && lastSegment(reference.repo) !== this.repo;
  }
}

const awayKey = (title: string): string => bareTitle(normalTitle(title));

const lastSegment = (repo: string): string => repo.slice(repo.lastIndexOf("/") + 1);

/** A copy that does not keep the long text alive that it may have been cut from. */
const detached = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");
