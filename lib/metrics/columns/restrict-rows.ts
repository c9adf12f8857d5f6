import { type FactTable, numberColumns, type Positions } from "./table";

/** The distinct values of a column's rows that are kept, and where they stand now. */
class Kept<Value> {
  readonly values: Value[];
  private readonly positions: Int32Array;

  constructor(
    private readonly from: readonly Value[],
    first: readonly Value[] = [],
  ) {
    this.values = [...first];
    this.positions = new Int32Array(from.length).fill(-1);
    first.forEach((value, position) => {
      this.positions[from.indexOf(value)] = position;
    });
  }

  position(before: number): number {
    const known = this.positions[before] as number;
    if (known >= 0) return known;
    const position = this.values.push(this.from[before] as Value) - 1;
    this.positions[before] = position;
    return position;
  }
}

const positionsLike = (column: Positions, length: number): Positions =>
  column instanceof Uint32Array ? new Uint32Array(length) : new Uint16Array(length);

/**
 * A table that holds some rows and nothing of the others, not even the names of their repositories: what is not in it
 * cannot be counted, found or listed by mistake.
 * @param rows their places, ascending
 */
export function restrictRows(table: FactTable, rows: Int32Array): FactTable {
  const { length } = rows;
  const repos = new Kept(table.repos);
  // None is at the first place of every table.
  const teams = new Kept<number | null>(table.teams, [null]);
  const profiles = new Kept(table.profiles);
  const own = {
    mergedAt: new Float64Array(length),
    repo: positionsLike(table.repo, length),
    number: new Int32Array(length),
    team: positionsLike(table.team, length),
    profile: positionsLike(table.profile, length),
    ...numberColumns(table.numbers, length),
  };
  for (let to = 0; to < length; to += 1) {
    const row = rows[to] as number;
    own.mergedAt[to] = table.mergedAt[row] as number;
    own.repo[to] = repos.position(table.repo[row] as number);
    own.number[to] = table.number[row] as number;
    own.team[to] = teams.position(table.team[row] as number);
    own.profile[to] = profiles.position(table.profile[row] as number);
    for (const column of table.numbers) own[column][to] = table[column][row] as number;
  }
  const { numbers, orgId, version } = table;
  return {
    orgId,
    numbers,
    version,
    length,
    ...own,
    repos: repos.values,
    teams: teams.values,
    profiles: profiles.values,
  };
}

/** The rows of some teams. */
export function restrictToTeams(table: FactTable, teamIds: readonly number[]): FactTable {
  const allowed = new Set<number | null>(teamIds);
  const keep = table.teams.map((id) => allowed.has(id));
  const rows = new Int32Array(table.length);
  let count = 0;
  for (let row = 0; row < table.length; row += 1) if (keep[table.team[row] as number] === true) rows[count++] = row;
  return restrictRows(table, rows.subarray(0, count));
}

/** Sets of teams that are kept at a time; each costs 178 bytes for every pull request of its teams. */
const MOST_SETS = 64;

const known = new WeakMap<FactTable, Map<string, FactTable>>();

/** The same, made once for each set of teams and state of the table. */
export function tableOfTeams(table: FactTable, teamIds: readonly number[]): FactTable {
  const key = [...teamIds].sort((a, b) => a - b).join();
  const sets = known.get(table) ?? new Map<string, FactTable>();
  known.set(table, sets);
  const found = sets.get(key);
  const current = found?.version === table.version ? found : restrictToTeams(table, teamIds);
  // The one that was asked for last stands last.
  sets.delete(key);
  sets.set(key, current);
  if (sets.size > MOST_SETS) sets.delete(sets.keys().next().value ?? key);
  return current;
}
