import type { Confidence } from "@/lib/core/dimensions";
import type { Mark, Marks } from "./commit-marks";
import type { AgentVerdict, Evidence } from "./types";

const RANK: Record<Confidence, number> = { none: 0, weak: 1, strong: 2, certain: 3 };

/** What kinds of marks say, for people. */
const SAYS: Record<string, string> = {
  account: "The account that opened it is",
  author: "author is",
  committer: "committer is",
  trailer: "co-author trailer names",
  session: "session trailer names",
  assisted_by: "Assisted-by trailer names",
  footer: "signature line names",
  branch: "The head branch is named after",
  label: "A label names",
};

interface Finding {
  rule: string;
  mark: Mark;
  /** Own commits that carry it; 0 when it stands on the pull request or its squash message. */
  commits: number;
  at: string;
}

interface Tally {
  key: string;
  name: string;
  ownCommits: number;
  confidence: Exclude<Confidence, "none">;
  whole: boolean;
  findings: Finding[];
}

/**
 * Collects the marks of one pull request and folds equal ones together: a hundred trailers are one evidence row. Few
 * agents ever meet on one, so lists are searched.
 */
export class MarkLedger {
  readonly strangers: Marks["strangers"] = [];
  readonly #tallies: Tally[] = [];
  readonly #suggestions: string[] = [];

  isEmpty(): boolean {
    return this.#tallies.length === 0;
  }

  has(agent: string): boolean {
    return this.#tallies.some(({ key }) => key === agent);
  }

  /** Whether some mark says that the agent made the whole pull request. */
  hasWhole(): boolean {
    return this.#tallies.some((tally) => tally.whole);
  }

  suggestions(): string[] {
    return [...this.#suggestions].sort();
  }

  /** The strongest confidence of any mark; `none` without marks. */
  confidence(): Confidence {
    let best: Confidence = "none";
    for (const { confidence } of this.#tallies) if (RANK[confidence] > RANK[best]) best = confidence;
    return best;
  }

  /** A mark on the pull request itself. */
  add(mark: Mark, at: string): void {
    this.#record(mark, at, 0);
  }

  /** Marks of a message or description, as opposed to one of the branch's commits. */
  addText(found: Marks, at: string): void {
    this.#collect(found);
    for (const mark of found.marks) this.#record(mark, at, 0);
  }

  /** Marks of one own commit; the agent's commit is counted once however often it is marked. */
  addCommit(found: Marks, sha: string): void {
    this.#collect(found);
    if (found.marks.length === 0) return;
    const seen = new Set<Mark["agent"]>();
    const kinds = new Set<string>();
    for (const mark of found.marks) {
      const kind = `${mark.kind}:${mark.agent.key}`;
      const tally = this.#record(mark, sha, kinds.has(kind) ? 0 : 1);
      kinds.add(kind);
      if (!seen.has(mark.agent)) tally.ownCommits += 1;
      seen.add(mark.agent);
    }
  }

  /** One verdict per agent, most marked commits first, then by key. `own`: number of own non-merge commits. */
  verdicts(own: number): AgentVerdict[] {
    return this.#tallies
      .map((tally) => ({
        agent: tally.key,
        share: own > 0 ? tally.ownCommits / own : 1,
        confidence: tally.confidence,
        evidence: tally.findings.map((finding) => evidenceOf(finding, tally.name, own)),
      }))
      .sort((a, b) => b.share - a.share || (a.agent < b.agent ? -1 : 1));
  }

  #collect(found: Marks): void {
    for (const key of found.suggestions) if (!this.#suggestions.includes(key)) this.#suggestions.push(key);
    for (const stranger of found.strangers) this.strangers.push(stranger);
  }

  #record(mark: Mark, at: string, commits: number): Tally {
    const { key, name } = mark.agent;
    let tally = this.#tallies.find((one) => one.key === key);
    if (tally === undefined) {
      tally = { key, name, ownCommits: 0, confidence: mark.confidence, whole: false, findings: [] };
      this.#tallies.push(tally);
    }
    if (RANK[mark.confidence] > RANK[tally.confidence]) tally.confidence = mark.confidence;
    if (mark.whole) tally.whole = true;
    const rule = `${mark.kind}:${key}`;
    const known = tally.findings.find((finding) => finding.rule === rule);
    if (known === undefined) tally.findings.push({ rule, mark, commits, at });
    else known.commits += commits;
    return tally;
  }
}

function evidenceOf({ rule, mark, commits, at }: Finding, name: string, own: number): Evidence {
  const who = mark.product === null ? name : `${name} (${mark.product})`;
  const says = `${SAYS[mark.kind] ?? mark.kind} ${who}`;
  const text =
    commits > 0
      ? `${commits} of ${own} own commits: ${says}.`
      : says.charAt(0).toUpperCase() + says.slice(1).concat(".");
  return { rule, text, quote: mark.quote.slice(0, 200), at };
}
