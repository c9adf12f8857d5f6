import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type Directory, loadWholeDirectory } from "@/lib/metrics/directory";
import { loadMoneyPlans, type MoneyPlans } from "@/lib/metrics/money/assumptions";
import { type Costs, loadCosts, reloadCosts } from "@/lib/metrics/money/cost-days";
import { loadOpenPullRequests, type OpenPullRequests } from "@/lib/metrics/open/open-pull-requests";
import { loadStaff, type Staff } from "@/lib/metrics/people/staff";
import { loadReported, type Reported } from "@/lib/metrics/reported/reported";
import { applyChange, type TableChange } from "./apply-change";
import { type KnownState, type Note, readNotedNumbers, readNotesSince, readState } from "./changes";
import type { ColumnWriter } from "./column-writer";
import { readCommits, readNotedCommits } from "./read-commits";
import { readOperations } from "./read-operations";
import { type Ending, readNoted, readOrganization } from "./read-rows";

/** Everything that queries read, as of one snapshot of the database. */
export interface Facts {
  state: KnownState;
  directory: Directory;
  staff: Staff;
  reported: Reported;
  open: OpenPullRequests;
  costs: Costs;
  plans: MoneyPlans;
  /** By organisation; none of one of which nothing is known. */
  tables: Map<number, OrgTables>;
}

/** Pull requests by how they ended, deployments and incidents, and the commits that were deployed. */
export type TableName = Ending | "operations" | "commits";
const TABLE_NAMES = ["merged", "closed", "operations", "commits"] as const satisfies readonly TableName[];

/** The tables of an organisation. */
export type OrgTables = Readonly<Record<TableName, ColumnWriter>>;

async function readTables(client: PoolClient, orgId: number): Promise<OrgTables> {
  return {
    merged: await readOrganization(client, orgId, "merged"),
    closed: await readOrganization(client, orgId, "closed"),
    operations: await readOperations(client, orgId, null),
    commits: await readCommits(client, orgId),
  };
}

const isEmpty = (tables: OrgTables): boolean => TABLE_NAMES.every((name) => tables[name].table.length === 0);

/** Stands among the numbers of a note when deployments or incidents of its repository changed: no pull request has it. */
const OPERATIONS_MARK = -1;
/** What a note about costs names as its repository, which none is; its numbers are days. */
const COSTS = 0;

/** More changes than this, and than this share of an organisation's rows, are loaded faster than followed. */
const FOLLOWED_ROWS = 2000;
const FOLLOWED_SHARE = 0.2;

/** A whole load may take longer than a page's statement, and sorts what it reads. */
async function allowLongReads(client: PoolClient): Promise<void> {
  await query(
    sql`select set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`,
    client,
  );
}

/** Loads everything; inside of a transaction with one snapshot. */
export async function loadFacts(client: PoolClient): Promise<Facts> {
  await allowLongReads(client);
  const state = await readState(client);
  const directory = await loadWholeDirectory(SYSTEM_SCOPE, client);
  const tables = new Map<number, OrgTables>();
  for (const { id } of directory.orgs) {
    const own = await readTables(client, id);
    if (!isEmpty(own)) tables.set(id, own);
  }
  return {
    state,
    directory,
    staff: await loadStaff(client),
    reported: await loadReported(client),
    open: await loadOpenPullRequests(client),
    costs: await loadCosts(client),
    plans: await loadMoneyPlans(client),
    tables,
  };
}

/** What to do with one organisation's table. */
interface OrgPlan {
  orgId: number;
  /** The tables to change; null: read the organisation anew. */
  tables: OrgTables | null;
  wholeRepos: number[];
  noteIds: number[];
}

/** How many merged pull requests belong to these repositories. */
function countRows({ merged }: OrgTables, repoIds: readonly number[]): number {
  const { table } = merged;
  const positions = new Set(repoIds.map((id) => merged.findRepo(id)));
  let count = 0;
  for (let row = 0; row < table.length; row += 1) if (positions.has(table.repo[row])) count += 1;
  return count;
}

function planOrg(orgId: number, notes: readonly Note[], tables: OrgTables | undefined): OrgPlan {
  const wholeRepos = [
    ...new Set(notes.flatMap(({ repoId, count }) => (repoId !== null && count === null ? repoId : []))),
  ];
  const numbered = notes.filter(({ count }) => count !== null);
  const plan = { orgId, tables: tables ?? null, wholeRepos, noteIds: numbered.map(({ id }) => id) };
  if (tables === undefined || notes.some(({ repoId }) => repoId === null)) return { ...plan, tables: null };
  const named = numbered.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const most = Math.max(FOLLOWED_ROWS, tables.merged.table.length * FOLLOWED_SHARE);
  const changed = named + (wholeRepos.length === 0 ? 0 : countRows(tables, wholeRepos));
  return changed > most ? { ...plan, tables: null } : plan;
}

async function readChange(
  client: PoolClient,
  { orgId, wholeRepos, noteIds }: OrgPlan,
): Promise<Partial<Record<TableName, TableChange>>> {
  const keys = new Map<number, Set<number> | "all">();
  const operated = new Set<number>();
  for (const { repoId, numbers } of noteIds.length === 0 ? [] : await readNotedNumbers(client, orgId, noteIds)) {
    if (numbers.includes(OPERATIONS_MARK)) operated.add(repoId);
    const known = keys.get(repoId);
    if (known instanceof Set) for (const number of numbers) known.add(number);
    else keys.set(repoId, new Set(numbers));
  }
  for (const repoId of wholeRepos) keys.set(repoId, "all");
  const merged = await readNoted(client, orgId, "merged", { wholeRepos, noteIds });
  const closed = await readNoted(client, orgId, "closed", { wholeRepos, noteIds });
  const commits = await readNotedCommits(client, orgId, { wholeRepos, noteIds });
  const change = {
    merged: { keys, fresh: merged.table },
    closed: { keys, fresh: closed.table },
    commits: { keys, fresh: commits.table },
  };
  if (operated.size === 0) return change;
  // What became of a deployment lies in those around it, so that all of a repository are read.
  const operations = await readOperations(client, orgId, [...operated]);
  return { ...change, operations: { keys: new Map([...operated].map((id) => [id, "all"])), fresh: operations.table } };
}

/** The days whose costs changed, by organisation. */
async function changedDays(client: PoolClient, notes: readonly Note[]): Promise<Map<number, number[]>> {
  const days = new Map<number, number[]>();
  for (const orgId of new Set(notes.map((note) => note.orgId))) {
    const ids = notes.flatMap((note) => (note.orgId === orgId ? note.id : []));
    const named = await readNotedNumbers(client, orgId, ids);
    days.set(orgId, [...new Set(named.flatMap(({ numbers }) => numbers))]);
  }
  return days;
}

/**
 * Reads what changed since `facts`; inside of a transaction with one snapshot. Nothing of `facts` changes before the
 * returned function is called, which then brings all of it up to date at once.
 * @returns null when notes of the changes are no longer there: everything has to be loaded again
 */
export async function readChanges(client: PoolClient, facts: Facts): Promise<(() => Facts) | null> {
  await allowLongReads(client);
  const since = await readNotesSince(client, facts.state);
  if (since === null || since.notes.some(({ orgId, count }) => orgId === 0 && count === null)) return null;
  const { notes, state } = since;
  const ofDirectory = notes.some(({ count }) => count === 0);
  const directory = ofDirectory ? await loadWholeDirectory(SYSTEM_SCOPE, client) : facts.directory;
  const staff = ofDirectory ? await loadStaff(client) : facts.staff;
  const reported = ofDirectory ? await loadReported(client) : facts.reported;
  const open = ofDirectory ? await loadOpenPullRequests(client) : facts.open;
  const plans = ofDirectory ? await loadMoneyPlans(client) : facts.plans;
  const known = new Set(directory.orgs.map(({ id }) => id));
  const costs = await reloadCosts(
    client,
    facts.costs,
    await changedDays(
      client,
      notes.filter(({ orgId, repoId }) => repoId === COSTS && known.has(orgId)),
    ),
  );
  const loaded: [number, OrgTables][] = [];
  const changes: { tables: OrgTables; change: Partial<Record<TableName, TableChange>> }[] = [];
  const aboutRows = notes.filter(({ count, repoId }) => count !== 0 && repoId !== COSTS);
  for (const orgId of new Set(aboutRows.map((note) => note.orgId))) {
    if (!known.has(orgId)) continue;
    const plan = planOrg(
      orgId,
      aboutRows.filter((note) => note.orgId === orgId),
      facts.tables.get(orgId),
    );
    if (plan.tables === null) loaded.push([orgId, await readTables(client, orgId)]);
    else changes.push({ tables: plan.tables, change: await readChange(client, plan) });
  }
  return () => {
    const tables = new Map([...facts.tables].filter(([orgId]) => known.has(orgId)));
    for (const [orgId, own] of loaded) tables.set(orgId, own);
    for (const { tables: own, change } of changes) {
      for (const name of TABLE_NAMES) {
        const changed = change[name];
        if (changed !== undefined) applyChange(own[name], changed);
      }
    }
    for (const [orgId, own] of tables) if (isEmpty(own)) tables.delete(orgId);
    return { state, directory, staff, reported, open, costs, plans, tables };
  };
}
