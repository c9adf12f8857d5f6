import type { ChangedFile } from "@/lib/events/schema";
import { kindsOfPath } from "./path-kinds";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";

interface EffectiveLines {
  /** Added lines that somebody wrote; null where they cannot be counted. */
  effective: number | null;
  /** The same without tests and documentation. */
  production: number | null;
  /** Why they are null, in words; null when they are known. */
  reason: string | null;
}

const unknown = (reason: string): EffectiveLines => ({ effective: null, production: null, reason });

/**
 * Effective lines (metrics.md G6): additions over files that are not generated, vendored, minified, snapshots, lock
 * files or binary. A pure rename adds no line. A modified line is a deletion and an addition, so additions are
 * already added plus modified lines.
 */
export function countEffectiveLines(
  files: readonly Pick<ChangedFile, "path" | "add">[] | null,
  lineCounts: "known" | "unknown",
  rules: RuleSet = SHIPPED_RULES,
): EffectiveLines {
  if (files === null)
    return unknown(
      "The clone holds no trees here, or a shallow one ends here, so not even the changed paths are known.",
    );
  if (lineCounts === "unknown") return unknown("The clone holds no file contents, so lines cannot be counted.");
  let effective = 0;
  let production = 0;
  for (const { path, add } of files) {
    if (add === null || add === 0) continue;
    const kinds = kindsOfPath(path, rules);
    if (kinds.generated) continue;
    effective += add;
    if (!kinds.test && !kinds.documentation) production += add;
  }
  return { effective, production, reason: null };
}
