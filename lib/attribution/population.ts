import type { AuthorKind, Exclusion } from "@/lib/core/dimensions";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";
import type { Evidence } from "./types";

export interface PopulationInput {
  title: string;
  body: string | null;
  labels: readonly string[];
  headRef: string | null;
  baseRef: string;
  defaultBranch: string;
  kind: AuthorKind;
}

interface PopulationVerdict {
  exclusion: Exclusion;
  /** null when it is counted. */
  evidence: Evidence | null;
}

const RELEASE_HEAD = /^(?:releases?|changeset-release|release-please--branches)(?:\/|--|$)/i;
const RELEASE_LABEL = /^autorelease:/i;
const RELEASE_TITLE =
  /^(?:chore\((?:release|main|master)\): (?:release\b|v?\d)|chore\(release\)|chore: release v?\d|Release v?\d|Version Packages\b)/i;

const LONG_LIVED = "(?:main|master|trunk|develop|dev|releases?[/-]\\S+|hotfix(?:es)?/\\S+|v?\\d+(?:\\.\\d+)*(?:\\.x)?)";
const BACK_MERGE_TITLE = new RegExp(
  "^(?:\\[[^\\]]+\\]\\s*)?(?:back-?merge\\b|merg(?:e|ing)\\s+(?:in\\s+)?(?:the\\s+)?(?:latest\\s+)?" +
    "(?:changes\\s+(?:in\\s+)?from\\s+)?(?:remote-tracking\\s+)?(?:branch\\s+)?['\"`]?(?:origin/|upstream/)?" +
    `${LONG_LIVED}['"\`]?(?:\\s+(?:branch|into|to|in|back|->)(?:\\s|$)|\\s*$))`,
  "i",
);
const BACK_MERGE_HEAD = /(?:^|\/)back-?merge(?:[/_-]|$)/i;

const RELEASE_BRANCH =
  /^(?:releases?|stable|support|maint(?:enance)?|hotfix(?:es)?)[/-]|^v?\d+(?:\.\d+)*(?:\.x)?$|[-/]stable$/i;
const CITES_NUMBER = /(?:#|\/pull\/)\d+/;

/** Whether a title says that a long-lived branch is merged into another: `Merge release/9.4 into main`. */
export const isBackMergeTitle = (title: string): boolean => BACK_MERGE_TITLE.test(title);

const excluded = (exclusion: Exclusion, text: string, quote?: string, at?: string): PopulationVerdict => ({
  exclusion,
  evidence: {
    rule: `population:${exclusion}`,
    text,
    ...(quote === undefined ? {} : { quote: quote.slice(0, 200) }),
    ...(at === undefined ? {} : { at }),
  },
});

/**
 * Whether a merged pull request is outside the eligible population (metrics.md G3): automation, back-merges, release
 * pull requests, backports and branches that the organisation leaves out bring no new work. Reverts are excluded where they are resolved; re-lands are counted.
 */
export function excludeFromPopulation(input: PopulationInput, rules: RuleSet = SHIPPED_RULES): PopulationVerdict {
  const { title, body, labels, headRef, baseRef, defaultBranch, kind } = input;
  if (kind === "automation") return excluded("automation", "Its author is on the automation list.");
  const own = rules.excludedBy(headRef, baseRef);
  if (own !== null) {
    const [which, ref] = own.where === "head" ? (["from", "headRef"] as const) : (["to", "baseRef"] as const);
    const text = `Your own rules leave out what goes ${which} branches like ${own.text}.`;
    return excluded("branch", text, (own.where === "head" ? headRef : baseRef) ?? undefined, ref);
  }

  if (isBackMergeTitle(title)) {
    return excluded("back_merge", "The title says that it merges one long-lived branch into another.", title, "title");
  }
  if (headRef !== null && BACK_MERGE_HEAD.test(headRef)) {
    return excluded("back_merge", "The head branch is named as a back-merge.", headRef, "headRef");
  }
  if (headRef !== null && headRef === defaultBranch && baseRef !== defaultBranch) {
    return excluded("back_merge", "The default branch itself is merged into another branch.", headRef, "headRef");
  }

  if (headRef !== null && RELEASE_HEAD.test(headRef)) {
    return excluded("release", "The head branch is a release branch.", headRef, "headRef");
  }
  const label = labels.find((name) => RELEASE_LABEL.test(name));
  if (label !== undefined) return excluded("release", "A label marks it as a release.", label, "labels");
  if (RELEASE_TITLE.test(title)) return excluded("release", "The title is that of a release.", title, "title");

  if (baseRef !== defaultBranch && RELEASE_BRANCH.test(baseRef)) {
    const cited = CITES_NUMBER.exec(title) ?? (body === null ? null : CITES_NUMBER.exec(body));
    if (cited !== null) {
      return excluded("backport", `It goes to ${baseRef} and cites a pull request that landed before.`, cited[0]);
    }
  }
  return { exclusion: "none", evidence: null };
}
