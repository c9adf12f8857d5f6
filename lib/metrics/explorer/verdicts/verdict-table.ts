import type { FactTable, Profile } from "@/lib/metrics/columns/table";

/** A revert verdict as lists filter and sort it. */
export interface Verdict {
  repoId: number;
  /** Position in `REVERT_KINDS`. */
  kind: number;
  /** Milliseconds since the epoch. */
  revertedAt: number;
  /** null: what was reverted is not known. */
  mergedAt: number | null;
  /** null: it took back a direct push, or is unresolved. */
  targetNumber: number | null;
  /** null: unresolved. */
  seconds: number | null;
  revertKey: string;
  targetKey: string;
  /** The pull request that it took back; null: there is none in the facts. */
  pullRequest: (Profile & { teamId: number | null }) | null;
}

/** Distinct values and their positions. */
class Dictionary<Value> {
  readonly values: Value[] = [];
  private readonly positions = new Map<number | string | null, number>();

  /** @param key equal for equal values */
  position(value: Value, key: number | string | null): number {
    let position = this.positions.get(key);
    if (position === undefined) {
      position = this.values.push(value) - 1;
      this.positions.set(key, position);
    }
    return position;
  }
}

function wordsOf({ agentMask, authorKind, category, confidence, exclusion, sizeBucket }: Profile): string {
  return [authorKind, category, sizeBucket, exclusion, confidence, agentMask].join(" ");
}

/** No pull request, among positions of profiles. */
export const NO_PULL_REQUEST = -1;

/** The revert verdicts of one organisation as columns, in no particular order. */
export class VerdictTable {
  length = 0;
  kind = new Uint8Array(0);
  /** Position in the dictionary of repositories. */
  repo = new Uint32Array(0);
  revertedAt = new Float64Array(0);
  /** NaN: not known. */
  mergedAt = new Float64Array(0);
  /** `Infinity`: none. */
  seconds = new Float64Array(0);
  /** Position in the dictionary of profiles, or `NO_PULL_REQUEST`. */
  profile = new Int32Array(0);
  /** Position in the dictionary of teams; that of none where there is no pull request either. */
  team = new Uint32Array(0);
  revertKeys: string[] = [];
  targetKeys: string[] = [];
  /** 0: none. */
  private targetNumber = new Int32Array(0);
  private readonly repos = new Dictionary<number>();
  private readonly teams = new Dictionary<number | null>();
  private readonly profiles = new Dictionary<Profile>();

  /** What the positions stand for: row filters are made for it. */
  get dictionaries(): Pick<FactTable, "repos" | "teams" | "profiles"> {
    return { repos: this.repos.values, teams: this.teams.values, profiles: this.profiles.values };
  }

  add(verdict: Verdict): void {
    const { pullRequest, repoId } = verdict;
    const row = this.length;
    if (row === this.kind.length) this.grow();
    this.kind[row] = verdict.kind;
    this.repo[row] = this.repos.position(repoId, repoId);
    this.revertedAt[row] = verdict.revertedAt;
    this.mergedAt[row] = verdict.mergedAt ?? Number.NaN;
    this.seconds[row] = verdict.seconds ?? Number.POSITIVE_INFINITY;
    this.targetNumber[row] = verdict.targetNumber ?? 0;
    this.profile[row] =
      pullRequest === null ? NO_PULL_REQUEST : this.profiles.position(pullRequest, wordsOf(pullRequest));
    const teamId = pullRequest?.teamId ?? null;
    this.team[row] = this.teams.position(teamId, teamId);
    this.revertKeys[row] = verdict.revertKey;
    this.targetKeys[row] = verdict.targetKey;
    this.length += 1;
  }

  /** Removes the verdicts for which the answer is yes; a target that is no pull request has the number 0. */
  remove(isGone: (repoId: number, targetNumber: number) => boolean): void {
    const repos = this.repos.values;
    for (let row = this.length - 1; row >= 0; row -= 1) {
      if (!isGone(repos[this.repo[row] as number] as number, this.targetNumber[row] as number)) continue;
      const last = this.length - 1;
      for (const column of this.columns()) column[row] = column[last] as number;
      for (const keys of [this.revertKeys, this.targetKeys]) {
        keys[row] = keys[last] as string;
        keys.pop();
      }
      this.length = last;
    }
  }

  private columns() {
    const { kind, mergedAt, profile, repo, revertedAt, seconds, targetNumber, team } = this;
    return [kind, mergedAt, profile, repo, revertedAt, seconds, targetNumber, team];
  }

  private grow(): void {
    const capacity = Math.max(256, this.length * 2);
    const grown = <Column extends { set(from: Column): void }>(column: Column, next: Column): Column => {
      next.set(column);
      return next;
    };
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.repo = grown(this.repo, new Uint32Array(capacity));
    this.revertedAt = grown(this.revertedAt, new Float64Array(capacity));
    this.mergedAt = grown(this.mergedAt, new Float64Array(capacity));
    this.seconds = grown(this.seconds, new Float64Array(capacity));
    this.profile = grown(this.profile, new Int32Array(capacity));
    this.team = grown(this.team, new Uint32Array(capacity));
    this.targetNumber = grown(this.targetNumber, new Int32Array(capacity));
  }
}
