import { normaliseLabel } from "@/lib/attribution/rules/normalise-label";
import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import { ACTOR_KIND_CODE } from "@/lib/core/dimensions";
import { isFeatureTitle, saysFeature } from "@/lib/core/issue-kind";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { Actor, FleetEvent, FleetEventOf } from "@/lib/events/schema";
import { actorKindOf } from "./actor-kind";
import { accountNumberOf } from "./row-id";

export const FLOW_COLUMNS = [
  "org_id",
  "repo_id",
  "number",
  "opened_at",
  "draft",
  "ready_at",
  "auto_merge_at",
  "auto_merge",
  "auto_merge_by",
  "queued_at",
  "author",
  "queued_by",
  "merged_by",
  "closed_by",
  "rework_label",
  "is_feature",
] as const;

type FlowColumn = Exclude<(typeof FLOW_COLUMNS)[number], "org_id" | "repo_id" | "number">;

export const FLOW_KINDS = [
  "pull_request.opened",
  "pull_request.ready",
  "pull_request.auto_merge",
  "pull_request.queued",
  "pull_request.merged",
  "pull_request.closed",
] as const;

export type FlowEvent = FleetEventOf<(typeof FLOW_KINDS)[number]>;

export function isFlowEvent(event: FleetEvent): event is FlowEvent {
  return FLOW_KINDS.some((kind) => kind === event.kind);
}

function kindOf(actor: Actor | null, rules: RuleSet): number {
  return ACTOR_KIND_CODE[actor === null ? "unknown" : actorKindOf(actor, rules)];
}

const REWORK_LABELS: Readonly<Record<string, boolean>> = { "rework:yes": true, "rework:no": false };

/** What a label says of whether it was reworked; "no" wins (metrics.md 2.4). */
function reworkLabelOf(labels: readonly string[]): boolean | null {
  const said = labels.map((label) => REWORK_LABELS[normaliseLabel(label)]);
  if (said.includes(false)) return false;
  return said.includes(true) ? true : null;
}

function saidBy(event: FlowEvent, rules: RuleSet): Partial<Record<FlowColumn, CopyValue>> {
  const { actor, occurredAt: at } = event;
  switch (event.kind) {
    case "pull_request.opened": {
      const { author, isDraft } = event.payload;
      return { opened_at: at, draft: isDraft, author: author === null ? null : accountNumberOf(author) };
    }
    case "pull_request.ready":
      return { ready_at: at };
    case "pull_request.auto_merge":
      return { auto_merge_at: at, auto_merge: event.payload.enabled, auto_merge_by: kindOf(actor, rules) };
    case "pull_request.queued":
      return event.payload.added ? { queued_at: at, queued_by: kindOf(actor, rules) } : {};
    case "pull_request.merged": {
      const { labels, mergedBy, title } = event.payload;
      return {
        merged_by: mergedBy === null ? null : kindOf(mergedBy, rules),
        rework_label: reworkLabelOf(labels),
        is_feature: saysFeature(labels) || isFeatureTitle(title) ? true : null,
      };
    }
    case "pull_request.closed":
      return { closed_by: kindOf(actor, rules) };
  }
}

/** One event as a row of `fact_pull_request_flow` that holds what it says and nothing else; null when that is nothing. */
export function flowRow(event: FlowEvent, repoId: number, rules: RuleSet): readonly CopyValue[] | null {
  const said = saidBy(event, rules);
  const [, , , ...columns] = FLOW_COLUMNS;
  const values = columns.map((column) => said[column] ?? null);
  return values.every((value) => value === null) ? null : [event.orgId, repoId, event.payload.number, ...values];
}
