import { AGENTS } from "@/lib/attribution/agents";
import { COST_BASIS_CODE, COST_ITEM_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

const AGENT_CODE = new Map(AGENTS.map(({ key, code }) => [key, code]));

export const COST_COLUMNS = [
  "org_id",
  "incurred_at",
  "id",
  "amount_minor",
  "team_id",
  "agent_code",
  "item",
  "provider",
  "currency",
  "basis",
] as const;

/**
 * A cost as a row of `fact_cost`. The amount stays the decimal text that the event holds. An agent that the rules do not
 * know has no code, as it has no bit in an agent mask.
 */
export function costRow(event: FleetEventOf<"cost.incurred">, teamId: number | null): readonly CopyValue[] {
  const { agent, amountMinor, basis = "billed", currency, item, provider } = event.payload;
  return [
    event.orgId,
    event.occurredAt,
    rowIdOf(event.id),
    amountMinor,
    teamId,
    agent === null ? null : (AGENT_CODE.get(agent) ?? null),
    COST_ITEM_CODE[item],
    provider,
    currency,
    COST_BASIS_CODE[basis],
  ];
}
