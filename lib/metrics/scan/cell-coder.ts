import type { FactTable, Positions } from "@/lib/metrics/columns/table";
import type { Axes, Axis } from "./axes";

/** Marks a row that the selection does not let through: negative whatever is added to it. */
const OUT = -(2 ** 28);
/** Rows that are coded at once, at most: their cells stay in the processor's cache for the next step. */
export const BLOCK = 8192;

/** The digits of a cell: positions in the entries of the three axes, and the answers to what was asked of the rows. */
export interface Cell {
  flags: number;
  profile: number;
  team: number;
  repo: number;
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
 * Gives each row its cell: 1 plus the codes of its repository, team and profile as digits, and its answers as the
 * lowest digits. Rows that the selection does not let through are in cell 0.
 */
export class CellCoder {
  /** Cells that could exist, but for cell 0. */
  readonly size: number;
  private readonly profile: Int32Array;
  /** The codes of profiles for rows with some bits. */
  private started: { bits: number; codes: Int32Array };
  private readonly team: Int32Array | null;
  private readonly repo: Int32Array | null;
  private readonly profiles: number;
  private readonly teams: number;

  constructor(
    private readonly table: FactTable,
    axes: Axes,
    /** Bits of answers that each cell is split by. */
    private readonly flagBits: number,
  ) {
    this.profiles = axes.profile.entries.length;
    this.teams = axes.team.entries.length;
    const flags = 2 ** flagBits;
    this.profile = strided(axes.profile, flags);
    this.started = { bits: -1, codes: this.profile };
    this.team = isFlat(axes.team) ? null : strided(axes.team, flags * this.profiles);
    this.repo = isFlat(axes.repo) ? null : strided(axes.repo, flags * this.profiles * this.teams);
    this.size = flags * this.profiles * this.teams * axes.repo.entries.length;
  }

  /**
   * Writes the cells of the rows `from … to − 1`, a block at most, to `cells` from `at` on.
   * @param numbers answers of every row of the table
   * @param bits answers that all of these rows have
   */
  code(cells: Int32Array, at: number, numbers: Uint16Array | null, bits: number, from: number, to: number): void {
    const { repo, table, team } = this;
    const profile = this.profileCodes(bits);
    const length = to - from;
    if (repo === null && team === null) look(cells, at, table.profile, profile, from, length);
    else if (repo === null) add2(cells, at, table.profile, profile, table.team, team as Int32Array, from, length);
    else if (team === null) add2(cells, at, table.profile, profile, table.repo, repo, from, length);
    else add3(cells, at, table, { profile, repo, team }, from, length);
    if (numbers !== null) addAnswers(cells, at, numbers, from, length);
  }

  private profileCodes(bits: number): Int32Array {
    if (this.started.bits !== bits) {
      this.started = { bits, codes: this.profile.map((code) => (code < 0 ? OUT : 1 + code + bits)) };
    }
    return this.started.codes;
  }

  /** Whether the cell of a row follows from its profile and answers alone. */
  get profilesAlone(): boolean {
    return this.team === null && this.repo === null;
  }

  /** Cells by profile for rows with some bits, with what is left out behind all cells. */
  codesAlone(bits: number): Int32Array {
    return this.profile.map((code) => (code < 0 ? this.size + 1 : 1 + code + bits));
  }

  /** Reads the digits of a cell into `into`. */
  decode(cell: number, into: Cell): Cell {
    const rest = (cell - 1) >>> this.flagBits;
    const place = (rest / this.profiles) | 0;
    into.flags = (cell - 1) & ((1 << this.flagBits) - 1);
    into.profile = rest % this.profiles;
    into.team = place % this.teams;
    into.repo = (place / this.teams) | 0;
    return into;
  }
}

// A negative sum becomes 0 without a branch: rows are left out in no order that a processor could guess.

function look(cells: Int32Array, at: number, positions: Positions, codes: Int32Array, from: number, length: number) {
  for (let row = 0; row < length; row += 1) {
    const cell = codes[positions[from + row] as number] as number;
    cells[at + row] = cell & ~(cell >> 31);
  }
}

function add2(
  cells: Int32Array,
  at: number,
  positionsA: Positions,
  codesA: Int32Array,
  positionsB: Positions,
  codesB: Int32Array,
  from: number,
  length: number,
): void {
  for (let row = 0; row < length; row += 1) {
    const cell =
      (codesA[positionsA[from + row] as number] as number) + (codesB[positionsB[from + row] as number] as number);
    cells[at + row] = cell & ~(cell >> 31);
  }
}

function add3(
  cells: Int32Array,
  at: number,
  table: FactTable,
  codes: { profile: Int32Array; repo: Int32Array; team: Int32Array },
  from: number,
  length: number,
): void {
  const { profile, repo, team } = codes;
  const [profiles, repos, teams] = [table.profile, table.repo, table.team];
  for (let row = 0; row < length; row += 1) {
    const cell =
      (profile[profiles[from + row] as number] as number) +
      (team[teams[from + row] as number] as number) +
      (repo[repos[from + row] as number] as number);
    cells[at + row] = cell & ~(cell >> 31);
  }
}

/** Adds the answers of rows to cells that are not left out. */
function addAnswers(cells: Int32Array, at: number, answers: Uint16Array, from: number, length: number): void {
  for (let row = 0; row < length; row += 1) {
    const cell = cells[at + row] as number;
    cells[at + row] = cell + ((answers[from + row] as number) & (-cell >> 31));
  }
}
