import type { PullRequestFact } from "./attribute";
import type { Landing } from "./landings";
import type { Observed } from "./line-state";

export interface UnknownBotFact {
  identity: string;
  role: "author" | "co-author";
  name: string;
  pullRequests: number;
  firstSeen: number;
  lastSeen: number;
  exampleNumber: number;
}

/** What Data health says of a repository. Counts are of landings on the default branch. */
export interface RepositoryFact {
  branch: string;
  headSha: string;
  completeFrom: Date | null;
  completeTo: Date;
  history: "full" | "since" | "shallow" | "told";
  lineCounts: "known" | "unknown";
  pullRequestRefs: boolean;
  landed: number;
  merged: number;
  squash: number;
  merge: number;
  rebase: number;
  direct: number;
  strong: number;
  weak: number;
  unmarked: number;
  unknownLines: number;
  unresolved: number;
  futureDated: number;
  missingCommits: number;
  ruleVersion: string;
}

const NO_LANDINGS = {
  landed: 0,
  merged: 0,
  squash: 0,
  merge: 0,
  rebase: 0,
  direct: 0,
  strong: 0,
  weak: 0,
  unmarked: 0,
  unknownLines: 0,
};

/** A tally as it is written down. */
export interface TallyState {
  counts: typeof NO_LANDINGS;
  /** Landings dated after the watermark, in milliseconds. */
  future: number[];
  bots: UnknownBotFact[];
}

/** Counts a repository's landings as they pass by in line order. */
export class RepositoryTally {
  readonly counts: typeof NO_LANDINGS;
  private readonly bots: Map<string, UnknownBotFact>;
  private future: number[];

  /**
   * @param completeTo the repository's watermark in milliseconds, never earlier than that of `state`
   * @param state what `save` gave; the tally goes on from there
   */
  constructor(
    private readonly completeTo: number,
    state: TallyState = { counts: NO_LANDINGS, future: [], bots: [] },
  ) {
    this.counts = { ...state.counts };
    this.future = state.future.filter((landedAt) => landedAt > completeTo);
    this.bots = new Map(state.bots.map((bot) => [keyOf(bot), { ...bot }]));
  }

  save(): TallyState {
    return { counts: { ...this.counts }, future: this.future, bots: this.unknownBots() };
  }

  landing(landing: Landing): void {
    this.counts.landed += 1;
    if (landing.change.number === null) this.counts.direct += 1;
    if (landing.change.landedAt > this.completeTo) this.future.push(landing.change.landedAt);
  }

  pullRequest(fact: PullRequestFact): void {
    const { counts } = this;
    counts.merged += 1;
    counts[fact.merged.mergeKind] += 1;
    if (fact.authorship.agents.length === 0) counts.unmarked += 1;
    else if (fact.authorship.agents.some(({ confidence }) => confidence === "certain" || confidence === "strong")) {
      counts.strong += 1;
    } else counts.weak += 1;
    if (fact.effectiveLines === null) counts.unknownLines += 1;
    for (const { identity, name, role } of fact.authorship.unknownBots) {
      this.unknownBot(identity, name, role, fact);
    }
  }

  private unknownBot(identity: string, name: string, role: UnknownBotFact["role"], fact: PullRequestFact): void {
    const at = fact.landing.change.landedAt;
    const known = this.bots.get(keyOf({ role, identity }));
    if (known === undefined) {
      const first = { identity, role, name, pullRequests: 1, firstSeen: at, lastSeen: at };
      this.bots.set(keyOf(first), { ...first, exampleNumber: fact.merged.number });
      return;
    }
    known.pullRequests += 1;
    known.firstSeen = Math.min(known.firstSeen, at);
    known.lastSeen = Math.max(known.lastSeen, at);
    known.exampleNumber = fact.merged.number;
  }

  unknownBots(): UnknownBotFact[] {
    return [...this.bots.values()].map((bot) => ({ ...bot }));
  }

  repositoryFact(
    { observed, completeFrom }: { observed: Observed; completeFrom: Date | null },
    extra: { unresolved: number; missingCommits: number; ruleVersion: string },
  ): RepositoryFact {
    return {
      branch: observed.branch,
      headSha: observed.headSha,
      completeFrom,
      completeTo: new Date(observed.completeTo),
      history: completeFrom === null ? "full" : observed.history === "full" ? "since" : observed.history,
      lineCounts: this.counts.unknownLines === 0 ? "known" : "unknown",
      pullRequestRefs: observed.pullRequestRefs,
      ...this.counts,
      futureDated: this.future.length,
      ...extra,
    };
  }
}

const keyOf = ({ role, identity }: Pick<UnknownBotFact, "role" | "identity">): string => `${role} ${identity}`;
