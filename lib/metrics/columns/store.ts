import type { Scope } from "@/lib/auth/scope";
import { isConnectionBroken } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import type { Pool } from "@/lib/db/pool";
import { getReadPool } from "@/lib/db/read-pool";
import type { Directory } from "@/lib/metrics/directory";
import { type MoneyPlans, moneyPlansInScope } from "@/lib/metrics/money/assumptions";
import { type Costs, costsInScope, seesMoney } from "@/lib/metrics/money/cost-days";
import { type OpenPullRequests, openInScope } from "@/lib/metrics/open/open-pull-requests";
import { type Staff, staffInScope } from "@/lib/metrics/people/staff";
import { type Reported, reportedInScope } from "@/lib/metrics/reported/reported";
import { withSnapshot } from "@/lib/metrics/snapshot";
import { confirmState, type KnownState } from "./changes";
import { type Facts, loadFacts, readChanges, type TableName } from "./refresh";
import { tableOfTeams } from "./restrict-rows";
import { directoryOfTables, scopeDirectory } from "./scope-directory";
import { SharedRefresh } from "./shared-refresh";
import type { FactTable } from "./table";

const log = createLogger("facts");

/** What a scope may read, as of the moment it was opened. */
export interface FactView {
  directory: Directory;
  staff: Staff;
  reported: Reported;
  open: OpenPullRequests;
  /** null: who asks is not shown what things cost. */
  money: { costs: Costs; plans: MoneyPlans } | null;
  /** The merged pull requests of an organisation; null outside of the scope, and where there are none. */
  table(orgId: number): FactTable | null;
  /** Those that were closed and never merged. */
  closed(orgId: number): FactTable | null;
  /** Deployments and incidents. */
  operations(orgId: number): FactTable | null;
  /** Commits that were deployed. */
  commits(orgId: number): FactTable | null;
}

/** The facts in the memory of this process, brought up to date whenever they are asked for. */
class FactStore {
  private facts: Facts | null = null;
  private readonly shared = new SharedRefresh(() => this.refresh());

  constructor(readonly pool: Pool) {}

  /** Everything that was committed before the call, and perhaps more. */
  current(): Promise<Facts> {
    return this.shared.next();
  }

  private async refresh(): Promise<Facts> {
    const known = this.facts;
    if (known === null) return this.load();
    const state = await this.confirm(known.state);
    if (state !== null) {
      known.state = state;
      return known;
    }
    const apply = await withSnapshot((client) => readChanges(client, known));
    if (apply === null) return this.load();
    this.facts = apply();
    return this.facts;
  }

  private async confirm(known: KnownState): Promise<KnownState | null> {
    try {
      return await confirmState(this.pool, known);
    } catch (error) {
      // What reads the changes asks again on another connection.
      if (isConnectionBroken(error)) return null;
      throw error;
    }
  }

  private async load(): Promise<Facts> {
    const start = performance.now();
    const facts = await withSnapshot(loadFacts);
    this.facts = facts;
    const rows = [...facts.tables.values()].reduce((sum, { merged }) => sum + merged.table.length, 0);
    log.info({ pullRequests: rows, ms: Math.round(performance.now() - start) }, "facts loaded");
    return facts;
  }
}

/** Next.js bundles this module once per entry, so the one store of a process hangs on the global object. */
const holder: typeof globalThis & { fleetgaugeFacts?: FactStore } = globalThis;

/** The store of the database that this process reads from; another database gets another one. */
function getStore(): FactStore {
  const pool = getReadPool();
  if (holder.fleetgaugeFacts?.pool !== pool) holder.fleetgaugeFacts = new FactStore(pool);
  return holder.fleetgaugeFacts;
}

/**
 * The facts that a scope may read. Whatever was committed to the database before the call is part of them. The first
 * call loads them; later ones ask whether anything changed, which takes one short statement, and read that alone.
 * Call it outside of transactions: it takes connections of its own.
 * @throws when the database cannot be read; the next call tries again
 */
export async function openFacts(scope: Scope): Promise<FactView> {
  const facts = await getStore().current();
  const { costs, directory, open: everyOpen, plans, reported: everything, staff: everybody, tables } = facts;
  const staff = staffInScope(everybody, scope);
  const reported = reportedInScope(everything, scope);
  const open = openInScope(everyOpen, scope);
  const money = seesMoney(scope) ? { costs: costsInScope(costs, scope), plans: moneyPlansInScope(plans, scope) } : null;
  const visible = scopeDirectory(directory, scope);
  const allowed = new Set(visible.orgs.map(({ id }) => id));
  const whole = (name: TableName) => (orgId: number) => {
    const table = allowed.has(orgId) ? tables.get(orgId)?.[name].table : undefined;
    return table === undefined || table.length === 0 ? null : table;
  };
  const { teams } = scope;
  if (teams === "all") {
    return {
      directory: visible,
      staff,
      reported,
      open,
      money,
      table: whole("merged"),
      closed: whole("closed"),
      operations: whole("operations"),
      commits: whole("commits"),
    };
  }
  const own = (name: TableName) =>
    new Map(
      [...allowed].flatMap((orgId) => {
        const table = whole(name)(orgId);
        const restricted = table === null ? null : tableOfTeams(table, teams);
        return restricted === null || restricted.length === 0 ? [] : [[orgId, restricted] as const];
      }),
    );
  const [merged, closed, operations, commits] = [own("merged"), own("closed"), own("operations"), own("commits")];
  return {
    staff,
    reported,
    open,
    money,
    directory: directoryOfTables(visible, [...merged.values(), ...closed.values(), ...operations.values()]),
    table: (orgId) => merged.get(orgId) ?? null,
    closed: (orgId) => closed.get(orgId) ?? null,
    operations: (orgId) => operations.get(orgId) ?? null,
    commits: (orgId) => commits.get(orgId) ?? null,
  };
}
