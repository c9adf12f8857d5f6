import { EXCLUSION_CODE } from "@/lib/core/dimensions";
import type { RatioSums } from "@/lib/metrics/statistics/ratio-interval";
import { exclusionOf } from "@/lib/metrics/vocabulary";
import { assertRowLimit } from "./row-limit";

const EXCLUSION_COUNT = Math.max(...Object.values(EXCLUSION_CODE)) + 1;
/** Most places leave nothing out, and share this. */
const NOTHING: Record<string, number> = {};
const RATIO_SUMS = 5;
const DIRECT_LIMIT = 2 ** 19;

type Column = Float64Array<ArrayBuffer>;

/**
 * What is counted per group and bucket, as columns: a place is a group's position times the number of buckets plus
 * the bucket. Groups get a position when something of them is seen.
 */
export class GroupCounts {
  /** Numbers of the groups that were seen, by position. */
  readonly groups: number[] = [];
  /** Pull requests that the metric is about: mature, eligible, known. */
  n: Column = new Float64Array(0);
  /** Those that satisfy the numerator. */
  k: Column = new Float64Array(0);
  immature: Column = new Float64Array(0);
  /** Left out because the number is not known. */
  unknown: Column = new Float64Array(0);
  private excludedCounts: Column = new Float64Array(0);
  private sums: Column = new Float64Array(0);
  private capacity = 0;
  private readonly direct: Int32Array | null;
  private readonly positions = new Map<number, number>();

  /** @param size groups that could exist */
  constructor(
    size: number,
    readonly buckets: number,
    private readonly withSums: boolean,
  ) {
    this.direct = size <= DIRECT_LIMIT ? new Int32Array(size).fill(-1) : null;
  }

  /** Position of a group's first bucket, making room for it when it is new. */
  open(group: number): number {
    const known = this.find(group);
    if (known >= 0) return known * this.buckets;
    const position = this.groups.push(group) - 1;
    // Here and not when rows are made: by then the columns would have grown to whatever was asked for.
    assertRowLimit(this.groups.length, this.buckets);
    if (this.direct === null) this.positions.set(group, position);
    else this.direct[group] = position;
    if (position >= this.capacity) this.grow();
    return position * this.buckets;
  }

  /** Position of a group, or −1 when nothing of it was seen. */
  find(group: number): number {
    return this.direct === null ? (this.positions.get(group) ?? -1) : (this.direct[group] ?? -1);
  }

  exclude(place: number, exclusion: number, count: number): void {
    const at = place * EXCLUSION_COUNT + exclusion;
    this.excludedCounts[at] = (this.excludedCounts[at] as number) + count;
  }

  /** Counts of what was left out of a place, by reason; a reason without any is not listed. */
  excludedAt(place: number): Record<string, number> {
    const start = place * EXCLUSION_COUNT;
    let found = NOTHING;
    for (let code = 0; code < EXCLUSION_COUNT; code += 1) {
      const count = this.excludedCounts[start + code] as number;
      if (count === 0) continue;
      if (found === NOTHING) found = {};
      found[exclusionOf(code)] = count;
    }
    return found;
  }

  /** Adds Σx, Σx², Σxy of a cell to a place. */
  addNumeratorSums(place: number, values: Float64Array, at: number): void {
    const own = place * RATIO_SUMS;
    const { sums } = this;
    sums[own] = (sums[own] as number) + (values[at] as number);
    sums[own + 2] = (sums[own + 2] as number) + (values[at + 2] as number);
    sums[own + 3] = (sums[own + 3] as number) + (values[at + 3] as number);
  }

  /** Adds Σy, Σy² of a cell to a place. */
  addDenominatorSums(place: number, values: Float64Array, at: number): void {
    const own = place * RATIO_SUMS;
    const { sums } = this;
    sums[own + 1] = (sums[own + 1] as number) + (values[at + 1] as number);
    sums[own + 4] = (sums[own + 4] as number) + (values[at + 4] as number);
  }

  /** Sums in the order x, y, xx, xy, yy. */
  sumsAt(place: number): Omit<RatioSums, "n"> {
    const at = place * RATIO_SUMS;
    const sum = (index: number) => this.sums[at + index] as number;
    return { x: sum(0), y: sum(1), xx: sum(2), xy: sum(3), yy: sum(4) };
  }

  private grow(): void {
    this.capacity = Math.max(16, this.capacity * 2);
    const places = this.capacity * this.buckets;
    this.n = enlarged(this.n, places);
    this.k = enlarged(this.k, places);
    this.immature = enlarged(this.immature, places);
    this.unknown = enlarged(this.unknown, places);
    this.excludedCounts = enlarged(this.excludedCounts, places * EXCLUSION_COUNT);
    if (this.withSums) this.sums = enlarged(this.sums, places * RATIO_SUMS);
  }
}

function enlarged(values: Column, length: number): Column {
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
}
