import { RESOLVER_VERSION } from "@/lib/attribution/reverts/resolver";
import type { RevertTarget, RevertVerdict } from "@/lib/attribution/types";
import { type RevertKind, ROLLBACK_KINDS } from "@/lib/core/dimensions";
import { type Correction, correctionEvidence } from "./corrections";
import type { TakenBack } from "./deployed/take-back";

/** What the rollback facts need of a landing. */
export interface LandingSummary {
  number: number | null;
  sha: string;
  title: string;
  landedAt: Date;
}

export interface RollbackRow {
  revertKey: string;
  targetKey: string;
  kind: RevertKind;
  counts: boolean;
  revert: LandingSummary;
  target: LandingSummary | null;
  seconds: number | null;
  confidence: string;
  evidence: RevertVerdict["evidence"];
  reland: LandingSummary | null;
  resolverVersion: string;
}

/** Kinds whose change is itself a revert and so no new work (metrics.md G3); a re-land is new work. */
const REVERTING = new Set(["revert", "undeclared", "partial", "unresolved"]);

/** What is known of rollbacks besides the line, by the numbers of pull requests. */
export interface BesideLine {
  corrections: ReadonlyMap<number, Correction>;
  /** What deployments of older versions and what was told took back. */
  takenBack: ReadonlyMap<number, readonly TakenBack[]>;
}

export interface ResolvedRollbacks {
  rows: RollbackRow[];
  /** Seconds from merge to the first full revert, by pull request number. */
  secondsOf: Map<number, number>;
}

/**
 * Landings that are themselves reverts, by the resolver's key, with the sentence that says why. A verdict is about the
 * landing that brought it alone.
 */
export function revertReasons(verdicts: RevertVerdict[]): Map<string, RevertVerdict["evidence"][number]> {
  const reasons = new Map<string, RevertVerdict["evidence"][number]>();
  for (const { key, kind, evidence, targets } of verdicts) {
    const [reason] = evidence.length > 0 ? evidence : (targets[0]?.evidence ?? []);
    if (REVERTING.has(kind) && reason !== undefined) reasons.set(key, reason);
  }
  return reasons;
}

/**
 * Turns the resolver's verdicts into rows: one per target, the first rollback of a target marked as the one that
 * counts, and each revert linked with the change that landed its target again. None counts for a target of which somebody
 * says that it was not rolled back; what somebody declares to be rolled back is a revert like the others, and so is what a
 * deployment took back.
 */
export function resolveRollbacks(
  verdicts: RevertVerdict[],
  summaries: Map<string, LandingSummary>,
  beside: BesideLine,
): ResolvedRollbacks {
  const { corrections } = beside;
  const relandOf = new Map<string, LandingSummary>();
  for (const verdict of verdicts) {
    const reland = summaries.get(verdict.key);
    if (verdict.kind !== "reland" || reland === undefined) continue;
    for (const target of verdict.targets) {
      const known = relandOf.get(target.key);
      if (known === undefined || reland.landedAt < known.landedAt) relandOf.set(target.key, reland);
    }
  }
  const rows = [...declaredRows(summaries, corrections), ...takenBackRows(summaries, beside)];
  for (const verdict of verdicts) {
    const revert = summaries.get(verdict.key);
    if (revert === undefined) continue;
    const targets: (RevertTarget | null)[] = verdict.targets.length > 0 ? verdict.targets : [null];
    for (const target of targets) {
      const summary = target === null ? null : (summaries.get(target.key) ?? null);
      const denied = verdict.kind === "revert" ? denialOf(summary, corrections) : null;
      rows.push({
        revertKey: verdict.key,
        targetKey: target?.key ?? "",
        kind: verdict.kind,
        counts: false,
        revert,
        target: summary,
        seconds: target?.seconds ?? null,
        confidence: target?.confidence ?? "none",
        evidence: [...(denied === null ? [] : [denied]), ...(target?.evidence ?? []), ...verdict.evidence],
        reland: relandOf.get(verdict.key) ?? null,
        resolverVersion: verdict.resolverVersion,
      });
    }
  }
  return { rows, secondsOf: markFirst(rows, corrections) };
}

/** The pull requests of which something besides the line says that they were rolled back. */
export const numbersBeside = ({ corrections, takenBack }: BesideLine): number[] => [
  ...[...corrections].flatMap(([number, { rolledBackAt }]) => (rolledBackAt === null ? [] : number)),
  ...takenBack.keys(),
];

/**
 * Rollbacks by deployments and such that were told, of what is known here alone. What is unclear is settled by whoever says whether
 * it was rolled back.
 */
export function takenBackRows(
  summaries: ReadonlyMap<string, LandingSummary>,
  { corrections, takenBack }: BesideLine,
): RollbackRow[] {
  return [...takenBack].flatMap(([number, all]) => {
    const target = summaries.get(`pr:${number}`);
    if (target === undefined) return [];
    const denied = denialOf(target, corrections);
    const isSettled = denied !== null || corrections.get(number)?.rolledBackAt != null;
    const said = all.filter(({ kind }) => kind !== "ambiguous" || !isSettled);
    return said.map(({ at, evidence, id, kind, sha, title }) => ({
      revertKey: `${kind === "told" ? "told" : "deployment"}:${id}`,
      targetKey: `pr:${number}`,
      kind,
      counts: false,
      revert: { number: null, sha, title, landedAt: at },
      target,
      seconds: secondsBetween(target, at),
      confidence: kind === "ambiguous" ? "none" : "certain",
      evidence: [...(denied === null ? [] : [denied]), ...evidence],
      reland: null,
      resolverVersion: RESOLVER_VERSION,
    }));
  });
}

const secondsBetween = ({ landedAt }: LandingSummary, at: Date): number =>
  Math.max(0, Math.floor((at.getTime() - landedAt.getTime()) / 1000));

/** Rollbacks that nothing on the line tells of, as somebody declares them; of what is known here alone. */
function declaredRows(
  summaries: Map<string, LandingSummary>,
  corrections: ReadonlyMap<number, Correction>,
): RollbackRow[] {
  return [...corrections].flatMap(([number, correction]) => {
    const target = summaries.get(`pr:${number}`);
    const { rolledBackAt, why } = correction;
    if (rolledBackAt === null || target === undefined) return [];
    return {
      revertKey: `declared:${number}`,
      targetKey: `pr:${number}`,
      kind: "revert" as const,
      counts: false,
      revert: { number: null, sha: "", title: why, landedAt: rolledBackAt },
      target,
      seconds: secondsBetween(target, rolledBackAt),
      confidence: "certain",
      evidence: [correctionEvidence(correction)],
      reland: null,
      resolverVersion: RESOLVER_VERSION,
    };
  });
}

/** What somebody says against a revert being a rollback of what it names; null: nobody does. */
function denialOf(target: LandingSummary | null, corrections: ReadonlyMap<number, Correction>) {
  const correction = target?.number == null ? undefined : corrections.get(target.number);
  return correction?.notRolledBack === true ? correctionEvidence(correction) : null;
}

const isRollback = (kind: RevertKind): boolean => ROLLBACK_KINDS.some((one) => one === kind);

/**
 * Marks of the rollbacks of each target the first as the one that counts.
 * @returns seconds from merge to it, by pull request number
 */
export function markFirst(
  rows: readonly RollbackRow[],
  corrections: ReadonlyMap<number, Correction>,
): Map<number, number> {
  const first = new Map<string, RollbackRow>();
  for (const row of rows) {
    row.counts = false;
    if (!isRollback(row.kind) || row.target === null || row.seconds === null) continue;
    if (denialOf(row.target, corrections) !== null) continue;
    const known = first.get(row.targetKey);
    if (
      known?.seconds == null ||
      row.seconds < known.seconds ||
      (row.seconds === known.seconds && row.revertKey < known.revertKey)
    ) {
      first.set(row.targetKey, row);
    }
  }
  const secondsOf = new Map<number, number>();
  for (const row of first.values()) {
    row.counts = true;
    if (row.target?.number != null && row.seconds !== null) secondsOf.set(row.target.number, row.seconds);
  }
  return secondsOf;
}

/** What verdicts of the line's new end change in the rollbacks so far. */
export interface RollbackChanges {
  added: RollbackRow[];
  /** Rows that were there, where they now count or no longer do, or where something landed their target again. */
  changed: RollbackRow[];
  /** Seconds from merge to the first full revert, by pull request number, where it is another than before. */
  secondsOf: Map<number, number>;
}

/**
 * The earlier verdicts that matter to new ones: those whose rows may change (what they took back is landed again, or
 * taken back once more), and those that decide with them which revert counts and what landed its target again.
 */
export function relatedVerdicts(earlier: RevertVerdict[], fresh: RevertVerdict[]): RevertVerdict[] {
  const relanded = targetsOf(fresh, "reland");
  const reverted = targetsOf(fresh, "revert");
  const affected = earlier.filter(
    (verdict) => relanded.has(verdict.key) || (verdict.kind === "revert" && shares(verdict, reverted)),
  );
  const keys = new Set(affected.map(({ key }) => key));
  const targets = targetsOf(affected, "revert");
  return earlier.filter(
    (verdict) =>
      keys.has(verdict.key) ||
      (verdict.kind === "revert" && shares(verdict, targets)) ||
      (verdict.kind === "reland" && shares(verdict, keys)),
  );
}

const targetsOf = (verdicts: RevertVerdict[], kind: RevertVerdict["kind"]): Set<string> =>
  new Set(verdicts.flatMap((verdict) => (verdict.kind === kind ? verdict.targets.map(({ key }) => key) : [])));

const shares = ({ targets }: RevertVerdict, keys: ReadonlySet<string>): boolean =>
  targets.some((target) => keys.has(target.key));

/**
 * Compares the rows without and with the new verdicts.
 * @param related what `relatedVerdicts` gave for these new ones
 */
export function rollbackChanges(
  related: RevertVerdict[],
  fresh: RevertVerdict[],
  summaries: Map<string, LandingSummary>,
  beside: BesideLine,
): RollbackChanges {
  const before = resolveRollbacks(related, summaries, beside);
  const after = resolveRollbacks([...related, ...fresh], summaries, beside);
  const known = after.rows.slice(0, before.rows.length);
  return {
    added: after.rows.slice(before.rows.length),
    changed: known.filter((row, at) => {
      const old = before.rows[at];
      return old?.counts !== row.counts || old.reland?.sha !== row.reland?.sha;
    }),
    secondsOf: new Map([...after.secondsOf].filter(([number, seconds]) => before.secondsOf.get(number) !== seconds)),
  };
}
