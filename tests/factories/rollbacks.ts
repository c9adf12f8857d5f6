import type { RevertKind } from "@/lib/core/dimensions";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

export interface VerdictInput {
  kind: RevertKind;
  revertKey: string;
  revertNumber: number | null;
  revertedAt: string;
  /** null: unresolved. */
  target: { number: number; mergedAt: string } | null;
  relandedBy?: number;
}

/** Writes revert verdicts of a repository. */
export async function insertVerdicts(orgId: number, repoId: number, verdicts: readonly VerdictInput[]): Promise<void> {
  for (const { kind, relandedBy = null, revertedAt, revertKey, revertNumber, target } of verdicts) {
    const seconds = target && Math.floor((Date.parse(revertedAt) - Date.parse(target.mergedAt)) / 1000);
    await execute(sql`insert into fact_rollback values (
      ${orgId}, ${repoId}, ${revertKey}, ${target === null ? "" : `pr:${target.number}`}, ${kind}, ${kind === "revert"},
      ${revertNumber}, ${"c".repeat(40)}, ${`Revert ${target?.number ?? "?"}`}, ${revertedAt}::timestamptz,
      ${target?.number ?? null}, ${target === null ? null : "d".repeat(40)}, ${target === null ? null : `Change ${target.number}`},
      ${target?.mergedAt ?? null}::timestamptz, ${seconds}, 'certain',
      ${JSON.stringify([{ rule: "sha", text: "It names the commit.", quote: "This reverts commit" }])}::jsonb,
      ${relandedBy}, ${relandedBy === null ? null : "e".repeat(40)},
      ${relandedBy === null ? null : revertedAt}::timestamptz, 'test')`);
  }
}
