import type { RevertTarget, RevertVerdict } from "@/lib/attribution/types";

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
  kind: RevertVerdict["kind"];
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

export interface ResolvedRollbacks {
  rows: RollbackRow[];
  /** Seconds from merge to the first full revert, by pull request number. */
  secondsOf: Map<number, number>;
  /** Pull requests that are themselves reverts, with the sentence that says why. */
  revertReason: Map<number, RevertVerdict["evidence"][number]>;
}

/**
 * Turns the resolver's verdicts into rows: one per target, the first full revert of a target marked as the one that
 * counts, and each revert linked with the change that landed its target again.
 */
export function resolveRollbacks(verdicts: RevertVerdict[], summaries: Map<string, LandingSummary>): ResolvedRollbacks {
  const relandOf = new Map<string, LandingSummary>();
  for (const verdict of verdicts) {
    const reland = summaries.get(verdict.key);
    if (verdict.kind !== "reland" || reland === undefined) continue;
    for (const target of verdict.targets) {
      const known = relandOf.get(target.key);
      if (known === undefined || reland.landedAt < known.landedAt) relandOf.set(target.key, reland);
    }
  }
  const resolved: ResolvedRollbacks = { rows: [], secondsOf: new Map(), revertReason: new Map() };
  for (const verdict of verdicts) {
    const revert = summaries.get(verdict.key);
    if (revert === undefined) continue;
    const [reason] = verdict.evidence.length > 0 ? verdict.evidence : (verdict.targets[0]?.evidence ?? []);
    if (revert.number !== null && REVERTING.has(verdict.kind) && reason !== undefined) {
      resolved.revertReason.set(revert.number, reason);
    }
    const targets: (RevertTarget | null)[] = verdict.targets.length > 0 ? verdict.targets : [null];
    for (const target of targets) {
      resolved.rows.push({
        revertKey: verdict.key,
        targetKey: target?.key ?? "",
        kind: verdict.kind,
        counts: false,
        revert,
        target: target === null ? null : (summaries.get(target.key) ?? null),
        seconds: target?.seconds ?? null,
        confidence: target?.confidence ?? "none",
        evidence: [...(target?.evidence ?? []), ...verdict.evidence],
        reland: relandOf.get(verdict.key) ?? null,
        resolverVersion: verdict.resolverVersion,
      });
    }
  }
  markFirstReverts(resolved);
  return resolved;
}

function markFirstReverts(resolved: ResolvedRollbacks): void {
  const first = new Map<string, RollbackRow>();
  for (const row of resolved.rows) {
    if (row.kind !== "revert" || row.target === null || row.seconds === null) continue;
    const known = first.get(row.targetKey);
    if (
      known?.seconds == null ||
      row.seconds < known.seconds ||
      (row.seconds === known.seconds && row.revertKey < known.revertKey)
    ) {
      first.set(row.targetKey, row);
    }
  }
  for (const row of first.values()) {
    row.counts = true;
    if (row.target?.number != null && row.seconds !== null) resolved.secondsOf.set(row.target.number, row.seconds);
  }
}
