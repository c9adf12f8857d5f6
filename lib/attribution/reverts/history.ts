import type { LandedChange } from "@/lib/attribution/types";
import { CommitIndex, type CommitIndexState } from "./commit-index";
import { FileWindow, type Move, type WindowLimits } from "./file-window";
import type { FileWindowState } from "./file-window-state";
import type { Reference } from "./references";
import { TitleIndex, type TitleIndexState } from "./title-index";
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

/** The history as columns. -1 stands for what is not there. */
export interface HistoryState {
  keys: string[];
  titles: string[];
  shas: string[];
  numbers: Float64Array;
  landedAt: Float64Array;
  /** Bit 1: a merge that only brings a branch in; bit 2: a revert. */
  flags: Uint8Array;
  undoes: [change: number, targets: readonly number[]][];
  rolledBackBy: Int32Array;
  relandedBy: Int32Array;
  reviewIds: [id: string, change: number][];
  away: [title: string, change: number][];
  commits: CommitIndexState;
  titleIndex: TitleIndexState;
  window: FileWindowState;
}

const NONE: readonly number[] = [];
const WIDE = /[^\0-\xff]/;
const SYNC_MERGE = 1;
const REVERT = 2;
const REVIEW_IDS = /^\s*(?:Differential Revision:\s*\S*?\/?(D\d{3,})|Change-Id:\s*(I[0-9a-f]{40}))\s*$/gm;

/** Everything before the change at hand: who landed what, under which ids, titles and file contents. */
export class History {
  readonly changes: KnownChange[] = [];
  readonly commits: CommitIndex;
  readonly titles: TitleIndex;
  readonly window: FileWindow;
  private readonly byNumber = new Map<number, number>();
  private readonly byReviewId = new Map<string, number>();
  private readonly repo: string | null;
  /** By bare title the newest change that was taken back and not landed again. */
  private readonly away = new Map<string, number>();

  /**
   * `repo`: name (or owner/name) of the repository, to tell another repository's numbers apart. `state`: what `save`
   * gave; the history goes on from there.
   */
  constructor(repo: string | null, limits: WindowLimits, state?: HistoryState) {
    this.repo = repo === null ? null : lastSegment(repo.toLowerCase());
    this.commits = state === undefined ? new CommitIndex() : CommitIndex.load(state.commits);
    this.titles = state === undefined ? new TitleIndex() : TitleIndex.load(state.titleIndex);
    this.window = state === undefined ? new FileWindow(limits) : FileWindow.load(limits, state.window);
    if (state !== undefined) this.load(state);
  }

  private load(state: HistoryState): void {
    const undoes = new Map(state.undoes);
    state.keys.forEach((key, at) => {
      const number = orNull(state.numbers[at]);
      const flags = state.flags[at] ?? 0;
      this.changes.push({
        key,
        number,
        title: state.titles[at] ?? "",
        sha: state.shas[at] ?? "",
        landedAt: state.landedAt[at] ?? 0,
        isSyncMerge: (flags & SYNC_MERGE) !== 0,
        isRevert: (flags & REVERT) !== 0,
        undoes: undoes.get(at) ?? NONE,
        rolledBackBy: orNull(state.rolledBackBy[at]),
        relandedBy: orNull(state.relandedBy[at]),
      });
      if (number !== null) this.byNumber.set(number, at);
    });
    for (const [id, change] of state.reviewIds) this.byReviewId.set(id, change);
    for (const [title, change] of state.away) this.away.set(title, change);
  }

  save(): HistoryState {
    const { changes } = this;
    return {
      keys: changes.map(({ key }) => key),
      titles: changes.map(({ title }) => title),
      shas: changes.map(({ sha }) => sha),
      numbers: Float64Array.from(changes, ({ number }) => number ?? -1),
      landedAt: Float64Array.from(changes, ({ landedAt }) => landedAt),
      flags: Uint8Array.from(
        changes,
        (change) => (change.isSyncMerge ? SYNC_MERGE : 0) | (change.isRevert ? REVERT : 0),
      ),
      undoes: changes.flatMap(({ undoes }, at) =>
        undoes.length > 0 ? [[at, undoes] as [number, readonly number[]]] : [],
      ),
      rolledBackBy: Int32Array.from(changes, ({ rolledBackBy }) => rolledBackBy ?? -1),
      relandedBy: Int32Array.from(changes, ({ relandedBy }) => relandedBy ?? -1),
      reviewIds: [...this.byReviewId],
      away: [...this.away],
      commits: this.commits.save(),
      titleIndex: this.titles.save(),
      window: this.window.save(),
    };
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

  /** The title of a pull request that has landed; else null. */
  titleOf(number: number): string | null {
    const at = this.byPullRequest(number);
    return at === null ? null : this.at(at).title;
  }

  /** Whether a commit id, also an abbreviated one, stands for one change of the line itself. */
  holds(sha: string): boolean {
    return this.commits.find(sha)?.landed === true;
  }

  byReview(id: string): number | null {
    return this.byReviewId.get(id) ?? null;
  }

  /** `own/name#1` against this repository's name; owners are ignored, because repositories move and are forked. */
  isOtherRepo(reference: Pick<Reference, "repo">): boolean {
    return reference.repo !== null && this.repo !== null && lastSegment(reference.repo) !== this.repo;
  }
}

const orNull = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value);

const awayKey = (title: string): string => bareTitle(normalTitle(title));

const lastSegment = (repo: string): string => repo.slice(repo.lastIndexOf("/") + 1);

/** A copy that does not keep the long text alive that it may have been cut from. */
function detached(text: string): string {
  // Most texts need one byte a character; the wide encoding would hold them in two for good.
  const encoding = WIDE.test(text) ? "utf16le" : "latin1";
  return Buffer.from(text, encoding).toString(encoding);
}
