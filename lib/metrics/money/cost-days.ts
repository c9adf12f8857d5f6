import type { Scope } from "@/lib/auth/scope";
import { COST_BASIS_CODE, COST_ITEM_CODE } from "@/lib/core/dimensions";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withPrecedence } from "./cost-precedence";
import type { CostBasis } from "./types";

/** What was paid on one day of an organisation's calendar; one position of each list is one entry of the rollup. */
export interface CostDay {
  /** First instant of the day, in milliseconds. */
  at: number;
  /** 0: of no team. */
  teams: Int32Array;
  /** -1: of no agent. */
  agents: Int16Array;
  items: Uint8Array;
  providers: readonly string[];
  currencies: readonly string[];
  /** Whole minor units: a day's sum stays below what a double holds exactly. */
  amounts: Float64Array;
  entries: Int32Array;
  /** How each is known: `COST_BASIS_CODE`. */
  bases: Uint8Array;
  /** 1 where it counts, 0 where the same cost is known better; null: all of them count. */
  counted: Uint8Array | null;
}

/** By the number of the day since 1970. */
export type CostDays = ReadonlyMap<number, CostDay>;

/** What was paid, by organisation. */
export type Costs = ReadonlyMap<number, CostDays>;

export type CostItem = keyof typeof COST_ITEM_CODE;
export const COST_ITEMS = Object.keys(COST_ITEM_CODE) as CostItem[];
const ITEM_OF = new Map<number, CostItem>(COST_ITEMS.map((item) => [COST_ITEM_CODE[item], item]));

/** The word of a stored kind of cost. */
export const costItemOf = (code: number): CostItem => ITEM_OF.get(code) ?? "api";

interface DayRow {
  orgId: number;
  day: number;
  at: number;
  teams: number[];
  agents: number[];
  items: number[];
  providers: string[];
  currencies: string[];
  amounts: number[];
  entries: number[];
  bases: number[];
}

/** Reads what was paid, of every organisation, and which of it counts. */
export async function loadCosts(client: Queryable): Promise<Costs> {
  return new Map([...(await readDays(client, null))].map(([orgId, days]) => [orgId, withPrecedence(days)]));
}

/** @param only of every organisation, or some days of one, counted since 1970 */
async function readDays(
  client: Queryable,
  only: { orgId: number; days: readonly number[] } | null,
): Promise<Map<number, Map<number, CostDay>>> {
  const which =
    only === null
      ? sql`true`
      : sql`c.org_id = ${only.orgId} and c.day = any(
          select date '1970-01-01' + d from unnest(${[...only.days]}::integer[]) d)`;
  const rows = await query<DayRow>(
    sql`select c.org_id as "orgId", c.day - date '1970-01-01' as day,
        floor(extract(epoch from c.day::timestamp at time zone o.time_zone) * 1000)::float8 as at,
        array_agg(c.team_id order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as teams,
        array_agg(c.agent_code::integer order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as agents,
        array_agg(c.item::integer order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as items,
        array_agg(c.provider order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as providers,
        array_agg(c.currency order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as currencies,
        array_agg(c.amount_minor::float8 order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as amounts,
        array_agg(c.entries order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as entries,
        array_agg(c.basis::integer order by c.team_id, c.agent_code, c.item, c.provider, c.currency, c.basis) as bases
      from rollup_cost_day c join organization o on o.id = c.org_id where ${which}
      group by c.org_id, c.day, o.time_zone order by c.org_id, c.day`,
    client,
  );
  const costs = new Map<number, Map<number, CostDay>>();
  for (const row of rows) {
    const days = costs.get(row.orgId) ?? new Map<number, CostDay>();
    costs.set(row.orgId, days);
    days.set(row.day, {
      at: row.at,
      teams: Int32Array.from(row.teams),
      agents: Int16Array.from(row.agents),
      items: Uint8Array.from(row.items),
      providers: row.providers,
      currencies: row.currencies,
      amounts: Float64Array.from(row.amounts),
      entries: Int32Array.from(row.entries),
      bases: Uint8Array.from(row.bases),
      counted: null,
    });
  }
  return costs;
}

/** The same costs with some days of an organisation read again; a day that is there no more is taken away. */
export async function reloadCosts(
  client: Queryable,
  costs: Costs,
  changed: ReadonlyMap<number, readonly number[]>,
): Promise<Costs> {
  const next = new Map(costs);
  for (const [orgId, days] of changed) {
    const fresh = (await readDays(client, { orgId, days })).get(orgId);
    const own = new Map(costs.get(orgId));
    for (const day of days) {
      const read = fresh?.get(day);
      if (read === undefined) own.delete(day);
      else own.set(day, read);
    }
    if (own.size === 0) next.delete(orgId);
    else next.set(orgId, withPrecedence(own));
  }
  return next;
}

const BASIS_OF = Object.keys(COST_BASIS_CODE) as CostBasis[];

/** The word of how a cost is known. */
export const costBasisOf = (code: number): CostBasis => BASIS_OF[code] ?? "billed";

/** Whether a scope is shown what things cost: whoever sees money, of all teams. */
export const seesMoney = ({ moneyFields, teams }: Scope): boolean => moneyFields && teams === "all";

/** What a scope may know of costs. */
export function costsInScope(costs: Costs, scope: Scope): Costs {
  if (!seesMoney(scope)) return new Map();
  const { organizations } = scope;
  if (organizations === "all") return costs;
  return new Map([...costs].filter(([orgId]) => organizations.includes(orgId)));
}
