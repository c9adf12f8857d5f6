import { agentMaskOf } from "@/lib/attribution/agents";
import { attributeAuthorship } from "@/lib/attribution/authorship";
import { classifyCategory } from "@/lib/attribution/category";
import type { Codeowners } from "@/lib/attribution/codeowners";
import { findDelegation } from "@/lib/attribution/delegation";
import { countEffectiveLines } from "@/lib/attribution/effective-lines";
import { excludeFromPopulation } from "@/lib/attribution/population";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import { attributeTeam } from "@/lib/attribution/team";
import type { AuthorshipVerdict, CategoryVerdict, Evidence, TeamVerdict } from "@/lib/attribution/types";
import type { Exclusion } from "@/lib/core/dimensions";
import { type Correction, correctAuthorship, correctCategory } from "./corrections";
import type { Landing } from "./landings";
import type { Merged } from "./pull-request-events";
import type { Roster } from "./roster";

/** Everything the rules say of one merged pull request; reverts are added when the whole line is known. */
export interface PullRequestFact {
  landing: Landing;
  merged: Merged;
  authorName: string | null;
  authorship: AuthorshipVerdict;
  agentMask: bigint;
  category: CategoryVerdict;
  team: TeamVerdict;
  /** Whom it was made for, of the people who were in a team when it was merged. */
  person: number | null;
  exclusion: Exclusion;
  exclusionEvidence: Evidence | null;
  effectiveLines: number | null;
  agentLines: number | null;
  prodLines: number | null;
  linesReason: string | null;
}

export interface AttributionContext {
  rules: RuleSet;
  codeowners: Codeowners | null;
  /** Slug of the repository's owner team at the merge. */
  owner: string | null;
  roster: Roster;
  defaultBranch: string;
  /** What somebody says of pull requests in the place of the rules, by their numbers. */
  corrections: ReadonlyMap<number, Correction>;
}

/** Lines of agent commits: none of a human's, all of an agent's, the known share of an assisted pull request's. */
function agentLinesOf(authorship: AuthorshipVerdict, effectiveLines: number | null): number | null {
  if (effectiveLines === null) return null;
  if (authorship.kind === "human" || authorship.kind === "automation") return 0;
  const share = authorship.agentLineShare ?? (authorship.kind === "agent" ? 1 : null);
  return share === null ? null : Math.round(effectiveLines * share);
}

/** Runs all rules over a landing; null for a direct push, which is no pull request. */
export function attributePullRequest(landing: Landing, context: AttributionContext): PullRequestFact | null {
  const { merged, input } = landing;
  const { rules } = context;
  if (merged === null || input === null) return null;
  const correction = context.corrections.get(merged.number);
  const authorship = correctAuthorship(attributeAuthorship(input, rules), correction);
  const lines = countEffectiveLines(input.files, input.lineCounts, rules);
  const { exclusion, evidence } = excludeFromPopulation(
    {
      title: merged.title,
      body: merged.body,
      labels: merged.labels,
      headRef: merged.headRef,
      baseRef: merged.baseRef,
      defaultBranch: context.defaultBranch,
      kind: authorship.kind,
    },
    rules,
  );
  const delegation = findDelegation(input, authorship.kind, rules);
  const teams = delegation === null ? [] : context.roster.teamsOf(delegation.keys, landing.change.landedAt);
  return {
    landing,
    merged,
    authorName: merged.author?.name ?? merged.author?.login ?? null,
    authorship,
    agentMask: agentMaskOf(authorship.agents),
    category: correctCategory(classifyCategory(input, rules), correction),
    team: attributeTeam({
      files: input.files,
      codeowners: context.codeowners,
      repositoryOwner: context.owner,
      // A person's own pull request needs nobody to be named for it.
      person: delegation === null || (authorship.kind === "human" && teams.length === 0) ? null : { delegation, teams },
    }),
    person: delegation === null ? null : context.roster.memberAt(delegation.keys, landing.change.landedAt),
    exclusion,
    exclusionEvidence: evidence,
    effectiveLines: lines.effective,
    agentLines: agentLinesOf(authorship, lines.effective),
    prodLines: lines.production,
    linesReason: lines.reason,
  };
}
