import { identityOfActor } from "@/lib/attribution/rules/identities";
import { ACTOR_KIND_CODE, REVIEW_STATE_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
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
export function reviewRow(event: FleetEventOf<"review.submitted">, repoId: number): readonly CopyValue[] {
  const { number, reviewer, state, comments } = event.payload;
  const kind = identityOfActor(reviewer) === null ? reviewer.type : "bot";
  return [
    event.orgId,
    repoId,
    number,
    rowIdOf(event.id),
    event.occurredAt,
    accountNumberOf(reviewer),
    ACTOR_KIND_CODE[kind],
    REVIEW_STATE_CODE[state],
    comments,
  ];
}
