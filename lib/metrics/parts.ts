import { type Sql, sql } from "@/lib/db/sql";
import type { MetricDefinition } from "./definitions/definition";

/** Where a metric finds its parts in a cell: positions of flags and sums; null stands for a flag that always holds. */
export interface Parts {
  population: number | null;
  /** null: the metric has no window, every row is mature. */
  mature: number | null;
  numerator: number | null;
  ratio: { known: number; x: number; y: number; xx: number; xy: number; yy: number } | null;
}

/** Expressions of a statement, each distinct one once, however many metrics use it. */
class ExpressionList {
  private readonly positions = new Map<string, number>();
  readonly expressions: Sql[] = [];

  add(expression: Sql): number {
    const key = JSON.stringify([expression.text, expression.values]);
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    const position = this.expressions.push(expression) - 1;
    this.positions.set(key, position);
    return position;
  }
}

/**
 * What a statement computes for its metrics: flags that split the rows into cells, and sums over each cell. Counting
 * rows per combination of flags is cheaper than counting once per metric, and cells may be merged by adding.
 */
export class PartList {
  private readonly flagList = new ExpressionList();
  private readonly sumList = new ExpressionList();

  get flags(): readonly Sql[] {
    return this.flagList.expressions;
  }

  get sums(): readonly Sql[] {
    return this.sumList.expressions;
  }

  private flag(condition: Sql | null): number | null {
    if (condition === null || condition.text === "true") return null;
    return this.flagList.add(sql`(${condition}) is true`);
  }

  /**
   * Adds what a metric needs.
   * @param population who is counted, null for everyone
   * @param mature whether a row is old enough for the metric's window, null without a window
   */
  addMetric({ measure }: MetricDefinition, population: Sql | null, mature: Sql | null): Parts {
    const base = { population: this.flag(population), mature: this.flag(mature) };
    if (measure.kind !== "ratio") {
      const numerator = measure.kind === "proportion" ? measure.numerator : measure.counted;
      return { ...base, numerator: this.flag(numerator), ratio: null };
    }
    const { numerator: x, denominator: y } = measure;
    const sum = (term: Sql) => this.sumList.add(sql`coalesce(sum(${term}), 0)::float8`);
    return {
      ...base,
      numerator: null,
      ratio: {
        known: this.flagList.add(sql`(${x}) is not null and (${y}) is not null`),
        x: sum(x),
        y: sum(y),
        xx: sum(sql`(${x})::float8 * (${x})`),
        xy: sum(sql`(${x})::float8 * (${y})`),
        yy: sum(sql`(${y})::float8 * (${y})`),
      },
    };
  }
}
