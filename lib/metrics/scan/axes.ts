import type { Dimension } from "@/lib/core/dimensions";
import type { Positions, Profile, PullRequestTable } from "@/lib/metrics/columns/table";
import type { CoveredRepo, Narrowing } from "@/lib/metrics/selection";
import { compileRowFilter, profilePasses } from "./filter";

/** Marks a row that the selection does not let through: negative whatever is added to it. */
const OUT = -(2 ** 28);

/** One of the three dictionaries of a table, folded to what a query has to tell apart. */
export interface Axis<Entry> {
  /** By position in the dictionary: position in `entries`, or −1 for what does not pass. */
  codeOf: Int32Array;
  entries: Entry[];
}

export interface ProfileEntry {
  /** One of the profiles that this entry stands for; they agree on all that the query needs. */
  profile: Profile;
  /** Dimensions whose filter these do not pass, although they are kept for what a share is a share of. */
  failed: readonly Dimension[];
}

export interface Axes {
  repo: Axis<number>;
  team: Axis<number | null>;
  profile: Axis<ProfileEntry>;
}

/** The digits of a cell: positions in the entries of the three axes, and the answers to what was asked of the rows. */
export interface Cell {
  flags: number;
  profile: number;
  team: number;
  repo: number;
}

/** What a query needs to tell apart. */
export interface AxisNeeds {
  dimensions: ReadonlySet<Dimension>;
  /** Filters that leave rows in, marked as failed. */
  deferred: ReadonlyMap<Dimension, Narrowing>;
  /** A text that differs for profiles that some metric tells apart; null for one that none looks at. */
  signatureOf: (profile: Profile, failed: readonly Dimension[]) => string | null;
}

function fold<Position, Entry>(
  positions: readonly Position[],
  passes: Uint8Array | null,
  entryOf: (position: Position) => { key: string; entry: Entry } | null,
): Axis<Entry> {
  const axis: Axis<Entry> = { codeOf: new Int32Array(positions.length).fill(-1), entries: [] };
  const codes = new Map<string, number>();
  positions.forEach((position, index) => {
    if (passes !== null && passes[index] === 0) return;
    const found = entryOf(position);
    if (found === null) return;
    const code = codes.get(found.key) ?? axis.entries.push(found.entry) - 1;
    codes.set(found.key, code);
    axis.codeOf[index] = code;
  });
  return axis;
}

/** Folds the dictionaries of a table for a selection. */
export function buildAxes(
  table: PullRequestTable,
  repos: readonly CoveredRepo[],
  narrowings: ReadonlyMap<Dimension, Narrowing>,
  { deferred, dimensions, signatureOf }: AxisNeeds,
): Axes {
  const applied = new Map([...narrowings].filter(([dimension]) => !deferred.has(dimension)));
  const filter = compileRowFilter(table, repos, applied);
  const byRepo = dimensions.has("repo");
  const byTeam = dimensions.has("team");
  const byAgent = dimensions.has("agent");
  // An agent that no rule could name shows in the author kind.
  const byKind = dimensions.has("authorKind") || byAgent;
  const byCategory = dimensions.has("category") || dimensions.has("severity");
  const bySize = dimensions.has("sizeBucket");
  return {
    repo: fold(table.repos, filter.repo, (id) => ({ key: byRepo ? String(id) : "", entry: id })),
    team: fold(table.teams, filter.team, (id) => ({ key: byTeam ? String(id) : "", entry: id })),
    profile: fold(table.profiles, filter.profile, (profile) => {
      const failed = [...deferred].flatMap(([dimension, narrowing]) =>
        profilePasses(narrowing, profile) ? [] : dimension,
      );
      const signature = signatureOf(profile, failed);
      if (signature === null) return null;
      const key = [
        signature,
        profile.exclusion,
        byKind ? profile.authorKind : "",
        byCategory ? profile.category : "",
        bySize ? profile.sizeBucket : "",
        byAgent ? profile.agentMask : "",
        ...failed,
      ].join("|");
      return { key, entry: { profile, failed } };
    }),
  };
}

/** Codes of an axis times its stride, so that the codes of a row only have to be added up. */
function strided(axis: Axis<unknown>, stride: number): Int32Array {
  return axis.codeOf.map((code) => (code < 0 ? OUT : code * stride));
}

/** Whether the axis gives every row of the table the same digit, so that it need not be looked at. */
function isFlat(axis: Axis<unknown>): boolean {
  return axis.entries.length === 1 && axis.codeOf.every((code) => code === 0);
}

/**
 * Gives each row its cell: the codes of its repository, team and profile as digits, and its flags as the lowest
 * digits. Rows that the selection does not let through are negative.
 */
export class CellCoder {
  /** Cells that could exist. */
  readonly size: number;
  private readonly profile: Int32Array;
  private readonly team: Int32Array | null;
  private readonly repo: Int32Array | null;
  private readonly profiles: number;
  private readonly teams: number;

  constructor(
    private readonly table: PullRequestTable,
    axes: Axes,
    /** Bits of flags that each cell is split by. */
    private readonly flagBits: number,
  ) {
    this.profiles = axes.profile.entries.length;
    this.teams = axes.team.entries.length;
    const flags = 2 ** flagBits;
    this.profile = strided(axes.profile, flags);
    this.team = isFlat(axes.team) ? null : strided(axes.team, flags * this.profiles);
    this.repo = isFlat(axes.repo) ? null : strided(axes.repo, flags * this.profiles * this.teams);
    this.size = flags * this.profiles * this.teams * axes.repo.entries.length;
  }

  /** Writes the cells of the rows `from … to − 1` to the start of `cells`, without their flags. */
  code(cells: Int32Array, from: number, to: number): void {
    const { profile, repo, table, team } = this;
    if (repo === null && team === null) look(cells, table.profile, profile, from, to);
    else if (repo === null) add2(cells, table.profile, profile, table.team, team as Int32Array, from, to);
    else if (team === null) add2(cells, table.profile, profile, table.repo, repo, from, to);
    else add3(cells, table, { profile, repo, team }, from, to);
  }

  /**
   * Counts the cells of rows straight from their profiles, in one step instead of three; only where neither teams nor
   * repositories are told apart or left out.
   * @param counts by cell; behind them as much room again for what is left out
   * @param mature bits that all of the rows have
   */
  countProfiles(counts: Int32Array, numbers: Uint16Array | null, mature: number, from: number, to: number): void {
    const codes = this.profile.map((code) => (code < 0 ? this.size : code + mature));
    if (numbers === null) tally(counts, this.table.profile, codes, from, to);
    else tallyWithNumbers(counts, this.table.profile, codes, numbers, from, to);
  }

  /** Whether `countProfiles` may be used. */
  get profilesAlone(): boolean {
    return this.team === null && this.repo === null;
  }

  /** Reads the digits of a cell into `into`. */
  decode(cell: number, into: Cell): Cell {
    const rest = cell >>> this.flagBits;
    const place = (rest / this.profiles) | 0;
    into.flags = cell & ((1 << this.flagBits) - 1);
    into.profile = rest % this.profiles;
    into.team = place % this.teams;
    into.repo = (place / this.teams) | 0;
    return into;
  }
}

function tally(counts: Int32Array, positions: Positions, codes: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) {
    const at = codes[positions[row] as number] as number;
    counts[at] = (counts[at] as number) + 1;
  }
}

function tallyWithNumbers(
  counts: Int32Array,
  positions: Positions,
  codes: Int32Array,
  numbers: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    const at = (codes[positions[row] as number] as number) + (numbers[row] as number);
    counts[at] = (counts[at] as number) + 1;
  }
}

function look(cells: Int32Array, positions: Positions, codes: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) cells[row - from] = codes[positions[row] as number] as number;
}

function add2(
  cells: Int32Array,
  positionsA: Positions,
  codesA: Int32Array,
  positionsB: Positions,
  codesB: Int32Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    cells[row - from] = (codesA[positionsA[row] as number] as number) + (codesB[positionsB[row] as number] as number);
  }
}

function add3(
  cells: Int32Array,
  table: PullRequestTable,
  codes: { profile: Int32Array; team: Int32Array; repo: Int32Array },
  from: number,
  to: number,
): void {
  const { profile, repo, team } = codes;
  const [profiles, repos, teams] = [table.profile, table.repo, table.team];
  for (let row = from; row < to; row += 1) {
    cells[row - from] =
      (profile[profiles[row] as number] as number) +
      (team[teams[row] as number] as number) +
      (repo[repos[row] as number] as number);
  }
}
