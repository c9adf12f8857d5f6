import {
  type FactTable,
  MISSING,
  type NumberColumn,
  numberColumns,
  type Positions,
  type Profile,
  PULL_REQUEST_NUMBERS,
} from "./table";

/** One row on its way into a table; writers and readers share one object and make none per row. */
export interface FactRow extends ProfileWords, Record<NumberColumn, number> {
  /** Milliseconds since the epoch. */
  mergedAt: number;
  repoId: number;
  number: number;
  /** `MISSING`: none. */
  teamId: number;
  /** Halves of the agents' bits. */
  agentsHigh: number;
  agentsLow: number;
}

const OWN_COLUMNS = ["mergedAt", "repo", "number", "team", "profile"] as const;
type RowColumn = (typeof OWN_COLUMNS)[number] | NumberColumn;

/** The columns of a table that hold one value per row. */
export function rowColumnsOf({ numbers }: FactTable): RowColumn[] {
  return [...OWN_COLUMNS, ...numbers];
}

export type RowColumns = Pick<FactTable, RowColumn>;
type ProfileWords = Omit<Profile, "agentMask">;

/** Positions in the dictionaries of one table by the positions in those of another. */
export interface Adopted {
  repo: number[];
  team: number[];
  profile: number[];
}

const NARROW_ENTRIES = 2 ** 16;
const FEWEST_ROWS = 64;
/** Arrays are this share longer than what they hold: a table of 178 bytes per row stays at some 223, and grows seldom. */
const SPARE = 1 / 4;
const CODE_LIMIT = 64;

function emptyPositions(entries: number, capacity: number): Positions {
  return entries > NARROW_ENTRIES ? new Uint32Array(capacity) : new Uint16Array(capacity);
}

function emptyColumns(
  capacity: number,
  numbers: readonly NumberColumn[],
  entries: { repos: number; teams: number; profiles: number },
): RowColumns {
  return {
    mergedAt: new Float64Array(capacity),
    repo: emptyPositions(entries.repos, capacity),
    number: new Int32Array(capacity),
    team: emptyPositions(entries.teams, capacity),
    profile: emptyPositions(entries.profiles, capacity),
    ...numberColumns(numbers, capacity),
  };
}

/** The same positions in an array that can hold this one too. */
function widened(positions: Positions, position: number): Positions {
  return position >= NARROW_ENTRIES && positions instanceof Uint16Array ? Uint32Array.from(positions) : positions;
}

/** The closed words of a row as one whole number. @throws {RangeError} for a code that no word has. */
function packWords({ authorKind, category, cause, confidence, exclusion, sizeBucket, subject }: ProfileWords): number {
  const work = pack(pack(pack(checked(authorKind), category), sizeBucket), exclusion);
  return pack(pack(pack(work, confidence), subject), cause);
}

function pack(packed: number, code: number): number {
  return packed * CODE_LIMIT + checked(code);
}

function checked(code: number): number {
  if (code >= 0 && code < CODE_LIMIT) return code;
  throw new RangeError(`A row has the code ${code}, which stands for no word`);
}

/** A table and the positions of what its dictionaries hold. */
export class ColumnWriter {
  readonly table: FactTable;
  private readonly repoPositions = new Map<number, number>();
  private readonly teamPositions = new Map<number, number>();
  /** By packed words, then by the halves of the agents' bits. */
  private readonly profilePositions = new Map<number, Map<number, Map<number, number>>>();

  constructor(orgId: number, numbers: readonly NumberColumn[] = PULL_REQUEST_NUMBERS) {
    const columns = emptyColumns(FEWEST_ROWS, numbers, { repos: 0, teams: 1, profiles: 0 });
    this.table = { orgId, numbers, version: 1, length: 0, ...columns, repos: [], teams: [null], profiles: [] };
  }

  /** Adds a row at the end; the caller keeps the order of the table. */
  append(row: FactRow): void {
    const { table } = this;
    const repo = this.repoPosition(row.repoId);
    const team = this.teamPosition(row.teamId === MISSING ? null : row.teamId);
    const profile = this.profilePosition(row, row.agentsHigh, row.agentsLow);
    const at = table.length;
    this.reserve(at + 1);
    table.mergedAt[at] = row.mergedAt;
    table.repo[at] = repo;
    table.number[at] = row.number;
    table.team[at] = team;
    table.profile[at] = profile;
    for (const column of table.numbers) table[column][at] = row[column];
    table.length = at + 1;
  }

  /** Makes room for `rows` rows in all. */
  reserve(rows: number): void {
    if (rows <= this.table.mergedAt.length) return;
    const larger = this.emptyColumns(rows);
    for (const column of rowColumnsOf(this.table))
      larger[column].set(this.table[column].subarray(0, this.table.length));
    Object.assign(this.table, larger);
  }

  /** Arrays of the table's kinds, with room for `rows` rows and some more. */
  emptyColumns(rows: number): RowColumns {
    const capacity = Math.max(FEWEST_ROWS, Math.ceil(rows * (1 + SPARE)));
    const { numbers, repos, teams, profiles } = this.table;
    return emptyColumns(capacity, numbers, { repos: repos.length, teams: teams.length, profiles: profiles.length });
  }

  /** Position of a repository id; a new one is added. */
  repoPosition(id: number): number {
    const known = this.repoPositions.get(id);
    if (known !== undefined) return known;
    const position = this.table.repos.push(id) - 1;
    this.repoPositions.set(id, position);
    this.table.repo = widened(this.table.repo, position);
    return position;
  }

  /** Position of a repository id, undefined for one that never was in the table. */
  findRepo(id: number): number | undefined {
    return this.repoPositions.get(id);
  }

  /** Position of a team id; a new one is added. */
  teamPosition(id: number | null): number {
    if (id === null) return 0;
    const known = this.teamPositions.get(id);
    if (known !== undefined) return known;
    const position = this.table.teams.push(id) - 1;
    this.teamPositions.set(id, position);
    this.table.team = widened(this.table.team, position);
    return position;
  }

  /** Position of a combination of words and agents; a new one is added. */
  profilePosition(words: ProfileWords, agentsHigh: number, agentsLow: number): number {
    const packed = packWords(words);
    const known = this.profilePositions.get(packed)?.get(agentsHigh)?.get(agentsLow);
    if (known !== undefined) return known;
    const { authorKind, category, cause, confidence, exclusion, sizeBucket, subject } = words;
    const agentMask = BigInt.asUintN(64, (BigInt(agentsHigh) << 32n) | BigInt.asUintN(32, BigInt(agentsLow)));
    const profile = { authorKind, category, sizeBucket, exclusion, confidence, subject, cause, agentMask };
    const position = this.table.profiles.push(profile) - 1;
    const byHigh = this.profilePositions.get(packed) ?? new Map<number, Map<number, number>>();
    const byLow = byHigh.get(agentsHigh) ?? new Map<number, number>();
    this.profilePositions.set(packed, byHigh.set(agentsHigh, byLow.set(agentsLow, position)));
    this.table.profile = widened(this.table.profile, position);
    return position;
  }

  /** Adds to the dictionaries what another table's hold. @returns the positions here, by the positions there */
  adopt({ repos, teams, profiles }: FactTable): Adopted {
    return {
      repo: repos.map((id) => this.repoPosition(id)),
      team: teams.map((id) => this.teamPosition(id)),
      profile: profiles.map((profile) => {
        const high = Number(BigInt.asIntN(32, profile.agentMask >> 32n));
        return this.profilePosition(profile, high, Number(BigInt.asIntN(32, profile.agentMask)));
      }),
    };
  }
}
