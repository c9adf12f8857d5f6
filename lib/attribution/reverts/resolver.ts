import { deserialize, serialize } from "node:v8";
import type { Evidence, LandedChange, RevertTarget, RevertVerdict } from "@/lib/attribution/types";
import type { RevertKind } from "@/lib/core/dimensions";
import { citedClaims } from "./cited-claims";
import { type Claim, type Claims, nameOf } from "./claims";
import { declaredClaims } from "./declared-claims";
import { type Move, movesOfFiles } from "./file-window";
import { History, type HistoryState } from "./history";
import { type Restored, restoredTargets } from "./restored";
import { readSignals, type Signals } from "./signals";
import { silentRelandClaims, undeclaredClaims } from "./silent-claims";
import { undoneLines } from "./undone-lines";
import { withoutRetrySuffix } from "./wording";

export const RESOLVER_VERSION = "2";

export interface RevertResolverOptions {
  /** Name of the repository (`name` or `owner/name`): numbers written for another one are ignored. null: unknown. */
  repo: string | null;
  /** How far back file contents are remembered; 5,000 changes, 120 days and 300,000 files by default. */
  window?: { changes: number; days: number; files: number };
}

export interface RevertResolver {
  /**
   * Takes the next change of the first-parent line and returns what it takes back or lands again: no verdict for most
   * changes, two for a re-land that takes something else back on the way. A verdict is final: it depends on earlier
   * changes only.
   */
  push(change: LandedChange): RevertVerdict[];
  /** All verdicts so far, in order. */
  finish(): RevertVerdict[];
  /** Whether a commit with this full id stands on the line so far. */
  hasLanded(sha: string): boolean;
  /** Whether a pull request with this number has landed so far. */
  hasPullRequest(number: number): boolean;
  /** Everything it knows: `createRevertResolver(options, snapshot)` goes on from here as if it had seen it all. */
  snapshot(): Uint8Array;
}

/** Below this much of the target, by lines or by files put back, a revert is partial (metrics.md 2.5). */
const PARTIAL_SHARE = 0.5;
/** "revert x in favour of y" is new work about an old setting. */
const REPLACES = /\bin favou?r of\b|\binstead of\b/i;
const DEFAULT_WINDOW = { changes: 5_000, days: 120, files: 300_000 };

/**
 * Finds for each revert of a repository's default branch what it takes back (metrics.md 2.5). Feed the landings in
 * first-parent order. Deterministic, no I/O. Memory: some 300 bytes for each change plus twenty for each commit, and
 * the files of the window. The order of rules:
 * 1. a title that says "revert": the targets that `declaredClaims` finds; `unresolved` when it finds none
 * 2. a title that says "reland", or that takes back a revert: a re-land of what that revert had taken back
 * 3. another title whose texts cite landed commits or numbers as taken back: `revert` when that leads the change,
 *    `embedded` when it is one item among others
 * 4. files or a title that return what a revert had taken away: a re-land that says nothing
 * 5. files that are put back by a change that says nothing: `undeclared`
 * A target with less than half of it taken back is `partial`. Nothing reverts itself or a later change.
 * @param snapshot made by the same version of the rules with the same options
 * @throws {RangeError} for a snapshot of another version
 */
export function createRevertResolver(options: RevertResolverOptions, snapshot?: Uint8Array): RevertResolver {
  const saved = snapshot === undefined ? undefined : readSnapshot(snapshot);
  const history = new History(options.repo, options.window ?? DEFAULT_WINDOW, saved?.history);
  const all: RevertVerdict[] = saved?.verdicts ?? [];
  return {
    push(change) {
      const moves = movesOfFiles(change.files ?? []);
      const verdicts = change.isSyncMerge ? [] : judge(history, change, moves);
      const at = history.add(change, moves);
      return verdicts.map((judged) => {
        remember(history, at, judged);
        all.push(judged.verdict);
        return judged.verdict;
      });
    },
    finish: () => all,
    hasLanded: (sha) => history.commits.hasLanded(sha),
    hasPullRequest: (number) => history.byPullRequest(number) !== null,
    snapshot: () => serialize({ version: RESOLVER_VERSION, history: history.save(), verdicts: all } satisfies Snapshot),
  };
}

interface Snapshot {
  version: string;
  history: HistoryState;
  verdicts: RevertVerdict[];
}

function readSnapshot(bytes: Uint8Array): Snapshot {
  const snapshot: Snapshot = deserialize(bytes);
  if (snapshot.version !== RESOLVER_VERSION) throw new RangeError(`a snapshot of resolver ${snapshot.version}`);
  return snapshot;
}

interface Judged {
  verdict: RevertVerdict;
  claims: readonly Claim[];
}

function judge(history: History, change: LandedChange, moves: readonly Move[]): Judged[] {
  const signals = readSignals(change, history);
  const restored = restoredTargets(history, history.window.putBackBy(moves));
  const judged = declared(history, change, signals, restored);
  if (judged.length > 0) return judged;
  return isOrdinary(history, signals, restored) ? [] : undeclared(history, change, signals, restored);
}

/** Most changes say nothing of others, put nothing back, and have a title of their own. */
function isOrdinary(history: History, { title, wording, items }: Signals, restored: readonly Restored[]): boolean {
  if (items.length > 0 || restored.length > 0 || wording.action === "reland") return false;
  return history.awayWithTitle(withoutRetrySuffix(title)) === null;
}

function declared(history: History, change: LandedChange, signals: Signals, restored: readonly Restored[]): Judged[] {
  const { action, explicit, quoted } = signals.wording;
  if (action === null || action === "restore") return [];
  const claims = declaredClaims(history, change, signals, restored);
  const { reverts, originals } = split(history, claims.list());
  if (action === "reland") {
    const targets = uniteByTarget([...reverts, ...revertsOf(history, originals)]);
    if (targets.length > 0) return [verdict(history, change, "reland", targets)];
    const evidence = {
      rule: "reland:title",
      text: "The title says that it lands something again; what is not known.",
      quote: signals.title.slice(0, 200),
      at: "title",
    };
    return explicit && quoted ? [verdict(history, change, "reland", [], [evidence])] : [];
  }
  if (reverts.length > 0) {
    const reland = verdict(history, change, "reland", reverts);
    const standing = originals.filter((claim) => stands(history, claim.target));
    const titled = standing.filter((claim) => claim.evidence.some((e) => e.at === "title"));
    if (titled.length > 0) return [reland, ...rollback(history, change, signals, restored, titled, "revert")];
    return standing.length > 0 ? [reland, verdict(history, change, "embedded", standing)] : [reland];
  }
  if (originals.length > 0) return rollback(history, change, signals, restored, originals, "revert");
  if (!explicit && REPLACES.test(signals.wording.object)) return [];
  const evidence = {
    rule: "revert:title",
    text: "The title says that something is taken back; no earlier change of this line fits.",
    quote: signals.title.slice(0, 200),
    at: "title",
  };
  return [verdict(history, change, "unresolved", [], [evidence])];
}

function undeclared(history: History, change: LandedChange, signals: Signals, restored: readonly Restored[]): Judged[] {
  const cited = citedClaims(history, change, signals);
  const leading = split(history, cited.leading.list());
  const others = split(history, cited.others.list());
  const silent = split(history, silentRelandClaims(history, change, signals, restored).list());
  const relands = uniteByTarget([...leading.reverts, ...others.reverts, ...silent.reverts]);
  const judged: Judged[] = [];
  if (relands.length > 0) judged.push(verdict(history, change, "reland", relands));
  const asked = signals.wording.action === "reland" ? revertsOf(history, leading.originals) : [];
  if (relands.length === 0 && asked.length > 0) judged.push(verdict(history, change, "reland", asked));
  const back = untold(undeclaredClaims(history, change, signals, restored).list(), cited.others);
  if (judged.length === 0 && leading.originals.length > 0) {
    return rollback(history, change, signals, restored, leading.originals, "revert");
  }
  if (judged.length === 0 && back.length > 0) return rollback(history, change, signals, restored, back, "undeclared");
  const embedded = uniteByTarget([...leading.originals, ...others.originals]);
  if (embedded.length > 0) judged.push(verdict(history, change, "embedded", embedded));
  return judged;
}

/** Without those that the texts cite among other things. */
function untold(claims: readonly Claim[], others: Claims): readonly Claim[] {
  if (claims.length === 0) return claims;
  const told = new Set(others.list().flatMap((claim) => (claim.confidence === "weak" ? [] : [claim.target])));
  return claims.filter((claim) => !told.has(claim.target));
}

/** Splits the targets into those taken back in full and those of which less than half goes. */
function rollback(
  history: History,
  change: LandedChange,
  signals: Signals,
  restored: readonly Restored[],
  claims: readonly Claim[],
  kind: "revert" | "undeclared",
): Judged[] {
  const full: Claim[] = [];
  const part: Claim[] = [];
  for (const claim of claims.map((c) => landedAgain(history, c))) {
    const put = restored.find((r) => r.target === claim.target)?.share ?? 0;
    const lines = undoneLines(history.window.filesOf(claim.target), change.files);
    const little = lines !== null && lines.share < PARTIAL_SHARE && put < PARTIAL_SHARE;
    if (little) claim.evidence.push(shareEvidence(history, claim.target, lines.share));
    (claim.partial || signals.wording.partial || little ? part : full).push(claim);
  }
  const judged = full.length > 0 ? [verdict(history, change, kind, full)] : [];
  return part.length > 0 ? [...judged, verdict(history, change, "partial", part)] : judged;
}

/** What an old number or title names after a re-land is the re-land: the original is away already. */
function landedAgain(history: History, claim: Claim): Claim {
  const { relandedBy } = history.at(claim.target);
  if (relandedBy === null || history.at(relandedBy).rolledBackBy !== null) return claim;
  const text = `${nameOf(history, claim.target)} was landed again by ${nameOf(history, relandedBy)}, which is what stands on the line.`;
  return { ...claim, target: relandedBy, evidence: [...claim.evidence, { rule: "revert:landed-again", text }] };
}

function shareEvidence(history: History, target: number, share: number): Evidence {
  const text = `${Math.round(share * 100)} % of the lines of ${nameOf(history, target)} are taken back.`;
  return { rule: "revert:lines", text };
}

interface SplitClaims {
  reverts: readonly Claim[];
  originals: readonly Claim[];
}
const NO_CLAIMS: SplitClaims = { reverts: [], originals: [] };

function split(history: History, claims: readonly Claim[]): SplitClaims {
  if (claims.length === 0) return NO_CLAIMS;
  return {
    reverts: claims.filter(({ target }) => history.at(target).isRevert),
    originals: claims.filter(({ target }) => !history.at(target).isRevert),
  };
}

/** Not taken back, or landed again since. */
function stands(history: History, target: number): boolean {
  const { rolledBackBy, relandedBy } = history.at(target);
  return rolledBackBy === null || relandedBy !== null;
}

/** The reverts that took these originals back, where they did. */
function revertsOf(history: History, originals: readonly Claim[]): Claim[] {
  return originals.flatMap((claim) => {
    const by = history.at(claim.target).rolledBackBy;
    return by === null ? [] : [{ ...claim, target: by }];
  });
}

function uniteByTarget(claims: readonly Claim[]): Claim[] {
  if (claims.length === 0) return [];
  const united = new Map<number, Claim>();
  for (const claim of claims) {
    const before = united.get(claim.target);
    const rules = new Set(before?.evidence.map((e) => e.rule));
    if (before) before.evidence.push(...claim.evidence.filter((e) => !rules.has(e.rule)));
    else united.set(claim.target, { ...claim, evidence: [...claim.evidence] });
  }
  return [...united.values()].sort((a, b) => a.target - b.target);
}

function verdict(
  history: History,
  change: LandedChange,
  kind: RevertKind,
  claims: readonly Claim[],
  evidence: Evidence[] = [],
): Judged {
  const targets = uniteByTarget(claims).map((claim) => targetOf(history, change, claim));
  return {
    verdict: { key: change.key, kind, targets, evidence, resolverVersion: RESOLVER_VERSION },
    claims,
  };
}

function targetOf(history: History, change: LandedChange, claim: Claim): RevertTarget {
  const known = history.at(claim.target);
  const seconds = Math.floor(change.landedAt / 1000) - Math.floor(known.landedAt / 1000);
  const backwards: Evidence[] =
    seconds < 0
      ? [{ rule: "clock", text: `The clocks say that it landed ${-seconds} seconds before its target; counted as 0.` }]
      : [];
  return {
    key: known.key,
    number: known.number,
    sha: known.sha,
    title: known.title,
    seconds: Math.max(0, seconds),
    confidence: claim.confidence,
    evidence: [...claim.evidence, ...backwards],
  };
}

function remember(history: History, at: number, { verdict: { kind }, claims }: Judged): void {
  const targets = claims.map((claim) => claim.target);
  if (kind === "revert" || kind === "undeclared") history.rollBack(at, targets);
  else if (kind === "unresolved") history.at(at).isRevert = true;
  else if (kind === "reland") for (const target of targets) history.landAgain(at, target);
}
