import { identityOfActor } from "@/lib/attribution/rules/identities";
import { ACTOR_KIND_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEvent, FleetEventOf } from "@/lib/events/schema";

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
] as const;

export const FLOW_KINDS = [
  "pull_request.opened",
  "pull_request.ready",
  "pull_request.auto_merge",
  "pull_request.queued",
] as const;

export type FlowEvent = FleetEventOf<(typeof FLOW_KINDS)[number]>;

export function isFlowEvent(event: FleetEvent): event is FlowEvent {
  return FLOW_KINDS.some((kind) => kind === event.kind);
}

/** Who did it; a program that the rules know is a bot, whatever account it uses. */
function kindOf({ actor }: FlowEvent): number {
  if (actor === null) return ACTOR_KIND_CODE.unknown;
  return ACTOR_KIND_CODE[identityOfActor(actor) === null ? actor.type : "bot"];
}

/** One event as a row of `fact_pull_request_flow` that holds what it says and nothing else. */
export function flowRow(event: FlowEvent, repoId: number): readonly CopyValue[] {
  const { occurredAt: at } = event;
  const row = { openedAt: null, draft: null, readyAt: null, autoAt: null, auto: null, by: null, queuedAt: null };
  const said: Partial<Record<keyof typeof row, CopyValue>> = (() => {
    switch (event.kind) {
      case "pull_request.opened":
        return { openedAt: at, draft: event.payload.isDraft };
      case "pull_request.ready":
        return { readyAt: at };
      case "pull_request.auto_merge":
        return { autoAt: at, auto: event.payload.enabled, by: kindOf(event) };
      case "pull_request.queued":
        return event.payload.added ? { queuedAt: at } : {};
    }
  })();
  const { auto, autoAt, by, draft, openedAt, queuedAt, readyAt } = { ...row, ...said };
  return [event.orgId, repoId, event.payload.number, openedAt, draft, readyAt, autoAt, auto, by, queuedAt];
}
