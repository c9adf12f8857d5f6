import type { FailureCause } from "@/lib/core/failure-causes";

/** Words that point at a cause, the more telling ones first. */
const SIGNS: readonly { cause: FailureCause; words: RegExp }[] = [
  {
    cause: "security_vulnerability",
    words:
      /\b(?:vulnerab\w*|CVE-[\d-]+|injection|XSS|CSRF|leak(?:s|ed)? (?:a )?(?:secret|token|credential)\w*|auth bypass)\b/i,
  },
  {
    cause: "performance_regression",
    words:
      /\b(?:slow(?:er|down|s)?|latency|p9[59]|time-?outs?|timed out|out of memory|OOM|memory leak|cpu|throughput)\b/i,
  },
  {
    cause: "dependency_conflict",
    words:
      /\b(?:dependenc(?:y|ies)|peer dep\w*|lock ?file|version conflict|incompatible version|upgrade of|package\.json)\b/i,
  },
  {
    cause: "hallucinated_integration",
    words:
      /\b(?:does(?: not|n't) exist|no such (?:method|function|endpoint|api|module)|undefined (?:method|function)|hallucinat\w*|made[- ]up)\b/i,
  },
  {
    cause: "incomplete_implementation",
    words: /\b(?:incomplete|not implemented|half[- ]done|missing (?:case|handling|migration|tests?)|TODO)\b/i,
  },
  {
    cause: "scope_creep",
    words: /\b(?:out of scope|unrelated changes?|too (?:big|large|much)|scope creep|not asked for)\b/i,
  },
  {
    cause: "vague_spec",
    words:
      /\b(?:not what (?:was|we) (?:asked|wanted|meant)|misunderst\w*|unclear (?:requirements?|spec\w*)|wrong (?:ux|behaviou?r requested))\b/i,
  },
  {
    cause: "architectural_mismatch",
    words:
      /\b(?:wrong (?:layer|pattern|place|abstraction)|against our (?:conventions?|architecture)|bypass(?:es)? the)\b/i,
  },
  {
    cause: "missing_context",
    words: /\b(?:did(?: not|n't) know|missing context|unaware|depends on .{0,40}elsewhere)\b/i,
  },
  {
    cause: "logic_error",
    words:
      /\b(?:off[- ]by[- ]one|wrong (?:result|value|order|condition|total|sum)|null ?pointer|crash(?:es|ed)?|race|incorrect|twice|duplicate[ds]?)\b/i,
  },
];

/** A cause that words point at, and the words. */
export interface CauseSuggestion {
  cause: FailureCause;
  quote: string;
}

/**
 * The cause that texts around a failure point at: the first sign in the order above that any of them holds. Never more than
 * a suggestion, for a person decides.
 */
export function suggestCause(texts: readonly string[]): CauseSuggestion | null {
  for (const { cause, words } of SIGNS) {
    for (const text of texts) {
      const found = words.exec(text)?.[0];
      if (found !== undefined) return { cause, quote: found };
    }
  }
  return null;
}
