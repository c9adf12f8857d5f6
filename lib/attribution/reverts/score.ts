import { z } from "zod";
import type { RevertVerdict } from "@/lib/attribution/types";

const referenceTargetSchema = z.object({ pr: z.int().nullable(), sha: z.string(), hours: z.number() });
const referenceRevertSchema = z.object({
  revert_pr: z.int().nullable(),
  revert_sha: z.string().nullable(),
  revert_title: z.string(),
  cls: z.string(),
  note: z.string().optional(),
  targets: z.array(referenceTargetSchema),
});

/** The hand-read list of a history's reverts, as the exports carry it; unknown fields are ignored. */
export const revertReferenceSchema = z.object({ reverts: z.array(referenceRevertSchema) });
export type RevertReference = z.infer<typeof revertReferenceSchema>;

export interface RevertScoreEntry {
  /** Number of the reverted pull request. */
  pr: number;
  /** Number of the pull request that reverted it; null for a direct push. */
  revertPr: number | null;
  revertTitle: string;
  /** What the resolver (of a miss) or the reference (of an extra) says instead. */
  why: string;
}

export interface RevertScore {
  /** Found pairs that the reference has / found pairs, 0..1; null when nothing was found. */
  precision: number | null;
  /** Found pairs that the reference has / pairs of the reference, 0..1; null when the reference has none. */
  recall: number | null;
  matched: number;
  missed: RevertScoreEntry[];
  extra: RevertScoreEntry[];
  /** Pairs whose hours differ when rounded to two decimals. */
  hoursDifferences: { pr: number; found: number; reference: number }[];
  /** Reverted pull requests that only an exact inverse shows: counted apart, in neither rate. */
  undeclared: { found: number; reference: number; matched: number };
}

interface Pair {
  pr: number;
  revertPr: number | null;
  title: string;
  hours: number;
}

/**
 * Compares verdicts with a reference. The unit is a reverted pull request at its first revert of class `revert`; it
 * matches when the reverting pull request is the same too, or when both are pushed directly. Commit ids are not
 * compared: a rebuilt history has its own. `titles` gives the reverting changes' titles, for the report only.
 */
export function scoreReverts(
  verdicts: readonly RevertVerdict[],
  reference: RevertReference,
  titles: ReadonlyMap<string, string> = new Map(),
): RevertScore {
  const found = foundPairs(verdicts, "revert", titles);
  const wanted = referencePairs(reference, "revert");
  const missed: RevertScoreEntry[] = [];
  const extra: RevertScoreEntry[] = [];
  const hoursDifferences: RevertScore["hoursDifferences"] = [];
  let matched = 0;
  for (const pair of wanted.values()) {
    const ours = found.get(pair.pr);
    if (!ours || ours.revertPr !== pair.revertPr) {
      missed.push({ pr: pair.pr, revertPr: pair.revertPr, revertTitle: pair.title, why: whyMissed(verdicts, pair) });
      continue;
    }
    matched += 1;
    if (ours.hours.toFixed(2) !== pair.hours.toFixed(2)) {
      hoursDifferences.push({ pr: pair.pr, found: ours.hours, reference: pair.hours });
    }
  }
  for (const pair of found.values()) {
    const theirs = wanted.get(pair.pr);
    if (theirs?.revertPr === pair.revertPr) continue;
    extra.push({ pr: pair.pr, revertPr: pair.revertPr, revertTitle: pair.title, why: whyExtra(reference, pair) });
  }
  const silent = foundPairs(verdicts, "undeclared", titles);
  const wantedSilent = referencePairs(reference, "undeclared");
  return {
    precision: found.size === 0 ? null : matched / found.size,
    recall: wanted.size === 0 ? null : matched / wanted.size,
    matched,
    missed,
    extra,
    hoursDifferences,
    undeclared: {
      found: silent.size,
      reference: wantedSilent.size,
      matched: [...silent.values()].filter((p) => wantedSilent.get(p.pr)?.revertPr === p.revertPr).length,
    },
  };
}

function foundPairs(
  verdicts: readonly RevertVerdict[],
  kind: RevertVerdict["kind"],
  titles: ReadonlyMap<string, string>,
): Map<number, Pair> {
  const pairs = new Map<number, Pair>();
  for (const verdict of verdicts) {
    if (verdict.kind !== kind) continue;
    for (const target of verdict.targets) {
      if (target.number === null || pairs.has(target.number)) continue;
      const title = titles.get(verdict.key) ?? verdict.key;
      const hours = Math.round((target.seconds / 3600) * 100) / 100;
      pairs.set(target.number, { pr: target.number, revertPr: numberOfKey(verdict.key), title, hours });
    }
  }
  return pairs;
}

function referencePairs(reference: RevertReference, cls: string): Map<number, Pair> {
  const pairs = new Map<number, Pair>();
  for (const revert of reference.reverts) {
    if (revert.cls !== cls) continue;
    for (const { pr, hours } of revert.targets) {
      const known = pr === null ? undefined : pairs.get(pr);
      if (pr === null || (known && known.hours <= hours)) continue;
      pairs.set(pr, { pr, revertPr: revert.revert_pr, title: revert.revert_title, hours });
    }
  }
  return pairs;
}

const numberOfKey = (key: string): number | null => (key.startsWith("pr:") ? Number(key.slice(3)) : null);

function whyMissed(verdicts: readonly RevertVerdict[], pair: Pair): string {
  const said = verdicts.filter((v) =>
    pair.revertPr === null ? v.targets.some((t) => t.number === pair.pr) : v.key === `pr:${pair.revertPr}`,
  );
  if (said.length === 0) return "no verdict";
  return said
    .map((v) => `${v.key} ${v.kind} of ${v.targets.map((t) => `#${t.number}`).join(", ") || "nothing known"}`)
    .join("; ");
}

function whyExtra(reference: RevertReference, pair: Pair): string {
  const said = reference.reverts.filter((r) =>
    pair.revertPr === null ? r.targets.some((t) => t.pr === pair.pr) : r.revert_pr === pair.revertPr,
  );
  if (said.length === 0) return "not in the reference";
  return said
    .map(
      (r) =>
        `${r.cls} of ${r.targets.map((t) => `#${t.pr}`).join(", ") || "nothing known"}${r.note ? `: ${r.note}` : ""}`,
    )
    .join("; ");
}
