import { agentMaskOf } from "@/lib/attribution/agents";
import { attributeAuthorship } from "@/lib/attribution/authorship";
import { classifyCategory } from "@/lib/attribution/category";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { AuthorshipVerdict, CategoryVerdict, PullRequestInput } from "@/lib/attribution/types";

/** Who made a pull request that was not merged, and what kind of work it was. */
export interface ClosedAttribution {
  authorship: AuthorshipVerdict;
  agentMask: bigint;
  category: CategoryVerdict;
}

/** Runs over a pull request that was not merged the rules that merged ones are attributed by. */
export function attributeClosed(input: PullRequestInput, rules: RuleSet): ClosedAttribution {
  const authorship = attributeAuthorship(input, rules);
  return {
    authorship,
    agentMask: agentMaskOf(authorship.agents),
    category: classifyCategory(input, rules),
  };
}
