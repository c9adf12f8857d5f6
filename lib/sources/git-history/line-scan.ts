import type { RawCommit } from "./api-types";
import { type LandingClaim, readLandingClaim, splitMessage } from "./landing-claim";
import { TextIndex } from "./text-index";

/** A commit of the line that says which pull request it landed. */
export interface Claim {
  position: number;
  number: number;
  kind: LandingClaim["kind"];
  /** Committed by GitHub's web identity, as its merge button does. */
  byForge: boolean;
  /** Stands for the committer's e-mail: commits of one push share it. */
  committer: number;
}

const FORGE_EMAIL = "noreply@github.com";
const NO_POSITIONS: readonly number[] = [];

/**
 * What a first reading of every commit of the line leaves: enough to decide what landed what. Lists of numbers, not
 * objects and texts, because there is one entry per commit of a long history.
 */
export class LineScan {
  /** Subjects cut inside their number, with the digits that are left. */
  readonly cut: { position: number; digits: string }[] = [];
  /** Parents after the first, by position: what each merge brought in. */
  readonly merged = new Map<number, string[]>();
  readonly #committedAt: number[] = [];
  readonly #claimed: number[] = [];
  readonly #isMerge: boolean[] = [];
  readonly #committer: number[] = [];
  readonly #committers = new TextIndex();
  readonly #forge = this.#committers.add(FORGE_EMAIL);
  readonly #subjects = new TextIndex();
  readonly #numberOfSubject: number[] = [];
  readonly #keepLoose: boolean;
  readonly #looseKeys = new TextIndex();
  readonly #looseAt: number[][] = [];

  /** `keepLoose`: the clone has pull request references to match commits against that no message ties to one. */
  constructor(keepLoose: boolean) {
    this.#keepLoose = keepLoose;
  }

  /** Adds the next commit of the line, oldest first. */
  add(commit: RawCommit): void {
    const position = this.length;
    const claim = readLandingClaim(commit.message, commit.parents.length);
    this.#committedAt.push(commit.committer.seconds ?? commit.author.seconds ?? this.#committedAt.at(-1) ?? 0);
    this.#claimed.push(claim?.number ?? 0);
    this.#isMerge.push(claim?.kind === "merge");
    this.#committer.push(this.#committers.add(commit.committer.email));
    if (commit.parents.length > 1) this.merged.set(position, commit.parents.slice(1));
    if (claim !== null && claim.number !== null) {
      const subject = this.#subjects.add(splitMessage(commit.message).subject);
      this.#numberOfSubject[subject] ??= claim.number;
      return;
    }
    if (claim?.cutDigits != null) this.cut.push({ position, digits: claim.cutDigits });
    if (!this.#keepLoose || commit.parents.length !== 1) return;
    const key = this.#looseKeys.add(authorshipKey(commit));
    this.#looseAt[key] = [...(this.#looseAt[key] ?? NO_POSITIONS), position];
  }

  /** Commits added so far. */
  get length(): number {
    return this.#committedAt.length;
  }

  /** Committer's clock in seconds since the epoch, or what stands for it. */
  committedAt(position: number): number {
    return this.#committedAt[position] ?? 0;
  }

  /** Claims in line order. */
  *claims(): Generator<Claim> {
    for (const [position, number] of this.#claimed.entries()) {
      if (number === 0) continue;
      const committer = this.#committer[position] ?? -1;
      const kind = this.#isMerge[position] === true ? "merge" : "squash";
      yield { position, number, kind, byForge: committer === this.#forge, committer };
    }
  }

  /** The pull request that a commit with this subject landed; rebased branches carry such commits of others. */
  landedBySubject(message: string): number | undefined {
    return this.#numberOfSubject[this.#subjects.find(splitMessage(message).subject)];
  }

  /** Positions of unclaimed commits with the same author, author's clock and subject: what a rebase leaves as it was. */
  copiesOf(commit: RawCommit): readonly number[] {
    return this.#looseAt[this.#looseKeys.find(authorshipKey(commit))] ?? NO_POSITIONS;
  }
}

function authorshipKey({ author, message }: RawCommit): string {
  return `${author.name}\0${author.email}\0${author.seconds ?? ""}\0${splitMessage(message).subject}`;
}
