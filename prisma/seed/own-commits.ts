import type { Actor, Signature } from "@/lib/events/schema";
import { type Identity, SUGGESTION_TRAILER } from "./agents";
import { iso, SAMPLE_START } from "./calendar";
import type { Change, OrdinaryChange } from "./changes";
import type { DigestSequence } from "./digest";
import type { Random } from "./random";

/** One commit of a pull request's branch. */
export interface OwnCommit {
  sha: string;
  author: Signature;
  committer: Signature;
  message: string;
  trailers: readonly string[];
  isMerge: boolean;
  additions: number;
  deletions: number;
}

interface Draft {
  author: Identity;
  subject: string;
  trailers: readonly string[];
  isMerge?: boolean;
  /** Committed in the browser. */
  onSite?: boolean;
  /** Undoes the draft before it, on the branch. */
  undoesPrevious?: boolean;
}

export const SITE: Identity = { name: "GitHub", email: "noreply@github.com" };

const FOLLOW_UPS = [
  "address review",
  "fix lint",
  "add tests",
  "rename helper",
  "handle empty input",
  "update snapshot",
  "simplify",
  "fix types",
  "wire it up",
  "docs",
  "extract function",
  "cover the error path",
  "tidy",
] as const;

const MINUTE_MS = 60_000;

export function identityOf(actor: Actor): Identity {
  return { name: actor.name ?? actor.login ?? "unknown", email: actor.email ?? "unknown@northwind.example" };
}

function draftsOf(change: OrdinaryChange, most: number, random: Random): Draft[] {
  const { credit } = change;
  const person: Identity = { name: credit.person.name, email: credit.person.email };
  if (credit.authorship === "automation")
    return [{ author: identityOf(credit.author), subject: change.title, trailers: [] }];
  const least = credit.authorship === "assisted" ? 2 : 1;
  const count = Math.max(least, Math.min(most, 1 + random.poisson(1.5)));
  const marked =
    credit.authorship === "agent" ? count : credit.authorship === "assisted" ? random.int(1, count - 1) : 0;
  const first = random.int(0, count - marked);
  const subjects = [change.title, ...random.sample(FOLLOW_UPS, count - 1)];
  const drafts = subjects.map((subject, index): Draft => {
    const mark = index >= first && index < first + marked ? (credit.marks?.commit ?? null) : null;
    return { author: mark?.author ?? person, subject, trailers: mark?.trailers ?? [] };
  });
  if (most < 6) return drafts;
  // A person finishes what a cloud agent began; the agent's share falls below one.
  if (credit.authorship === "agent" && credit.tool === "copilot" && random.chance(0.35)) {
    drafts.push({ author: person, subject: "finish by hand", trailers: [] });
  }
  if (credit.marks !== null && random.chance(0.012)) {
    drafts.push({
      author: person,
      subject: "second opinion",
      trailers: ["Co-authored-by: Cursor <cursoragent@cursor.com>"],
    });
  }
  if (change.suggestion) {
    const path = change.edits[0]?.path ?? "README.md";
    drafts.push({ author: person, subject: `Update ${path}`, trailers: [SUGGESTION_TRAILER], onSite: true });
  }
  if (random.chance(0.007)) {
    drafts.push({ author: person, subject: "wip: try another approach", trailers: [] });
    drafts.push({ author: person, subject: "", trailers: [], undoesPrevious: true });
  }
  if (random.chance(0.05)) {
    drafts.push({
      author: person,
      subject: `Merge branch 'main' into ${change.headRef}`,
      trailers: [],
      isMerge: true,
      onSite: true,
    });
  }
  return drafts.slice(0, 6);
}

function messageOf(subject: string, trailers: readonly string[]): string {
  return trailers.length === 0 ? subject : `${subject}\n\n${trailers.join("\n")}`;
}

/** Splits a total over parts by random weights; whole numbers that sum to the total. */
function split(total: number, parts: number, random: Random): number[] {
  const cuts = Array.from({ length: parts - 1 }, () => random.int(0, total)).sort((left, right) => left - right);
  return Array.from({ length: parts }, (_, index) => (cuts[index] ?? total) - (cuts[index - 1] ?? 0));
}

function spanOf(change: Change, random: Random): [from: number, until: number] {
  const head = change.credit.authorship === "human" ? random.between(10, 420) : random.between(2, 40);
  const from = Math.max(SAMPLE_START, change.openedAt - Math.round(head * 60) * 1000);
  const end = change.endedAt ?? change.openedAt;
  return [from, Math.max(from, end - 4 * MINUTE_MS)];
}

/** The branch commits of ordinary work, at most `most`; lines are those of the whole change, spread over them. */
export function ownCommits(change: OrdinaryChange, most: number, digests: DigestSequence, random: Random): OwnCommit[] {
  const drafts = draftsOf(change, most, random);
  const [from, until] = spanOf(change, random);
  const lines = (key: "add" | "del"): number => change.edits.reduce((sum, edit) => sum + (edit[key] ?? 0), 0);
  const written = drafts.filter((draft) => draft.isMerge !== true).length;
  const additions = split(lines("add"), written, random);
  const deletions = split(lines("del"), written, random);
  const commits: OwnCommit[] = [];
  // A merge of the default branch comes last and writes no lines of its own.
  for (const [index, draft] of drafts.entries()) {
    const at = iso(from + Math.round(((until - from) * index) / drafts.length / 1000) * 1000);
    const previous = commits.at(-1);
    const message =
      draft.undoesPrevious && previous !== undefined
        ? `Revert "${previous.message}"\n\nThis reverts commit ${previous.sha}.`
        : messageOf(draft.subject, draft.trailers);
    const author = { ...draft.author, at };
    commits.push({
      sha: digests.next("commit"),
      author,
      committer: draft.onSite ? { ...SITE, at } : author,
      message,
      trailers: draft.trailers,
      isMerge: draft.isMerge ?? false,
      additions: additions[index] ?? 0,
      deletions: deletions[index] ?? 0,
    });
  }
  return commits;
}

/** The one branch commit of a revert or re-land. */
export function undoCommit(
  change: Change,
  message: string,
  lines: { add: number; del: number },
  digests: DigestSequence,
): OwnCommit {
  const at = iso(change.openedAt);
  const author = { ...identityOf(change.credit.author), at };
  return {
    sha: digests.next("commit"),
    author,
    committer: author,
    message,
    trailers: [],
    isMerge: false,
    additions: lines.add,
    deletions: lines.del,
  };
}
