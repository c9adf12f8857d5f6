import type { PageScope } from "@/components/filters/page-scope";
import type { FilterState } from "@/components/filters/search-params";

const WORDS: Partial<Record<FilterState["period"], string>> = {
  "4w": "the 4 weeks before",
  "12w": "the 12 weeks before",
  "26w": "the 26 weeks before",
  "52w": "the 52 weeks before",
};

/** How the comparison period is called in a sentence; null when nothing is compared. */
export function periodBefore(scope: Pick<PageScope, "compare" | "choice">): string | null {
  if (scope.compare === undefined) return null;
  return WORDS[scope.choice] ?? "as long before";
}
