import { AUTHOR_KIND_CODE, CONFIDENCES, SETTLE_SECONDS } from "@/lib/core/dimensions";
import {
  type FactTable,
  HELD,
  MISSING,
  type NumberColumn,
  type Profile,
  SUBJECT_CODE,
} from "@/lib/metrics/columns/table";
import type { Condition } from "@/lib/metrics/definitions/condition";
import type { CoveredRepo } from "@/lib/metrics/selection";
import { failureCauseOf } from "@/lib/metrics/vocabulary";

/** A question about one number of a row, one bit of its flags: known, and at most the value. */
interface NumberQuestion {
  column: NumberColumn;
  /** `Infinity`: only whether it is known. */
  atMost: number;
}

const MAX_FLAGS = 16;

/**
 * The questions about numbers and ages that the metrics of a query ask of each row, every distinct one once. A row's
 * answers are the bits of one small integer.
 */
export class RowFlags {
  private readonly questions: NumberQuestion[] = [];
  private readonly windows: number[] = [];

  private add(question: NumberQuestion): number {
    const known = this.questions.findIndex(
      ({ atMost, column }) => column === question.column && atMost === question.atMost,
    );
    const position = known >= 0 ? known : this.questions.push(question) - 1;
    if (this.size > MAX_FLAGS) throw new Error(`A query can ask ${MAX_FLAGS} questions of a row at most`);
    return 1 << position;
  }

  /** Adds what a condition asks of the numbers. Add every condition before the first window. */
  addCondition(condition: Condition): void {
    if (condition.is === "known") this.add({ column: condition.column, atMost: Number.POSITIVE_INFINITY });
    else if (condition.is === "atMost") this.add({ column: condition.column, atMost: condition.value });
    else if (condition.is === "not") this.addCondition(condition.of);
    else if (condition.is === "all" || condition.is === "any") for (const each of condition.of) this.addCondition(each);
  }

  /** Adds a window in seconds after the merge and returns the index of its cutoffs. */
  addWindow(seconds: number): number {
    const known = this.windows.indexOf(seconds);
    return known >= 0 ? known : this.windows.push(seconds) - 1;
  }

  /** Bits in use. */
  get size(): number {
    return this.questions.length + this.windows.length;
  }

  /** The bit that says whether a row is mature for a window. */
  matureBit(window: number): number {
    return 1 << (this.questions.length + window);
  }

  /** Whether a condition holds for a row with these flags and this profile. */
  holds(condition: Condition, flags: number, profile: Profile): boolean {
    switch (condition.is) {
      case "always":
        return true;
      case "known":
        return (flags & this.add({ column: condition.column, atMost: Number.POSITIVE_INFINITY })) !== 0;
      case "atMost":
        return (flags & this.add({ column: condition.column, atMost: condition.value })) !== 0;
      case "authorKind":
        return condition.among.some((kind) => AUTHOR_KIND_CODE[kind] === profile.authorKind);
      case "confidence":
        return condition.among.some((confidence) => CONFIDENCES.indexOf(confidence) === profile.confidence);
      case "subject":
        return condition.among.some((subject) => SUBJECT_CODE[subject] === profile.subject);
      case "failed":
        return condition.triaged ? failureCauseOf(profile.cause) !== undefined : profile.cause !== HELD;
      case "not":
        return !this.holds(condition.of, flags, profile);
      case "all":
        return condition.of.every((each) => this.holds(each, flags, profile));
      case "any":
        return condition.of.some((each) => this.holds(each, flags, profile));
    }
  }

  /** Appends to a number what a condition makes of the words of a profile, whatever the numbers of its rows are. */
  appendWords(signature: number, condition: Condition, profile: Profile): number {
    switch (condition.is) {
      case "authorKind":
      case "confidence":
      case "subject":
      case "failed":
        return signature * 2 + Number(this.holds(condition, 0, profile));
      case "not":
        return this.appendWords(signature, condition.of, profile);
      case "all":
      case "any":
        return condition.of.reduce((words, each) => this.appendWords(words, each, profile), signature);
      default:
        return signature;
    }
  }

  /** The answers about numbers of every row of a table, kept until the table changes. */
  numberFlags(table: FactTable): Uint16Array | null {
    if (this.questions.length === 0) return null;
    const key = this.questions.map(({ atMost, column }) => `${column}<=${atMost}`).join(" ");
    let known = flagsOfTable.get(table);
    if (known?.version !== table.version) {
      known = { version: table.version, byQuestions: new Map() };
      flagsOfTable.set(table, known);
    }
    const flags = known.byQuestions.get(key) ?? answer(table, this.questions);
    // The least recently asked ones go first; a dashboard asks few different ones.
    known.byQuestions.delete(key);
    known.byQuestions.set(key, flags);
    for (const oldest of known.byQuestions.keys()) {
      if (known.byQuestions.size <= MAX_KEPT) break;
      known.byQuestions.delete(oldest);
    }
    return flags;
  }

  /** When each repository's pull requests were merged at the latest to be mature, by window. */
  cutoffs(table: FactTable, repos: readonly CoveredRepo[]): Float64Array[] {
    const ends = new Map(repos.map(({ coverage, id }) => [id, coverage.to.getTime()]));
    return this.windows.map((window) =>
      Float64Array.from(table.repos, (id) => {
        const end = ends.get(id);
        return end === undefined ? Number.NaN : end - (window + SETTLE_SECONDS) * 1000;
      }),
    );
  }
}

const MAX_KEPT = 16;
const flagsOfTable = new WeakMap<FactTable, { version: number; byQuestions: Map<string, Uint16Array> }>();

function answer(table: FactTable, questions: readonly NumberQuestion[]): Uint16Array {
  const flags = new Uint16Array(table.length);
  questions.forEach(({ atMost, column }, position) => {
    mark(flags, table[column], Math.min(atMost, 2 ** 31 - 1), 1 << position);
  });
  return flags;
}

function mark(flags: Uint16Array, values: Int32Array, atMost: number, bit: number): void {
  for (let row = 0; row < flags.length; row += 1) {
    const value = values[row] as number;
    if (value !== MISSING && value <= atMost) flags[row] = (flags[row] as number) | bit;
  }
}
