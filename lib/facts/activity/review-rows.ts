import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import { ACTOR_KIND_CODE, REVIEW_STATE_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { actorKindOf } from "./actor-kind";
import { accountNumberOf, rowIdOf } from "./row-id";

export const REVIEW_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "id",
  "submitted_at",
  "reviewer",
  "reviewer_kind",
  "state",
  "comments",
] as const;

/** A review as a row of `fact_review`. A program that the rules know is a bot, whatever account it uses. */
export function reviewRow(
  event: FleetEventOf<"review.submitted">,
  repoId: number,
  rules: RuleSet,
): readonly CopyValue[] {
  const { number, reviewer, state, comments } = event.payload;
  return [
    event.orgId,
    repoId,
    number,
    rowIdOf(event.id),
    event.occurredAt,
    accountNumberOf(reviewer),
    ACTOR_KIND_CODE[actorKindOf(reviewer, rules)],
    REVIEW_STATE_CODE[state],
    comments,
  ];
}
