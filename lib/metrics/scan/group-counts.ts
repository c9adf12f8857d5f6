import { EXCLUSION_CODE } from "@/lib/core/dimensions";
import type { PercentileEstimate } from "@/lib/metrics/statistics/percentile-estimate";
import type { RatioSums } from "@/lib/metrics/statistics/ratio-interval";
import { exclusionOf } from "@/lib/metrics/vocabulary";
import { assertRowLimit, MAX_ROWS } from "./row-limit";

const EXCLUSION_COUNT = Math.max(...Object.values(EXCLUSION_CODE)) + 1;
/** Most places leave nothing out, and share this. */
export const NOTHING: Readonly<Record<string, number>> = {};
/** Counts below this become digits of one number that stays exact. */
const SHARED_BELOW = 2 ** 7;
const RATIO_SUMS = 5;
/** Value, limits and the two higher percentiles; NaN where there are none. */
const PERCENTILE_NUMBERS = 5;

/** The 75th and the 90th percentile. */
export interface Spread {
  p75: number;
  p90: number;
}
const DIRECT_LIMIT = 2 ** 19;

/** What a metric needs of a place besides counts. */
export type PlaceNumbers = "sums" | "percentiles" | null;

/**
 * What is counted per group and bucket, as columns: a place is a group's position times the number of buckets plus
 * the bucket. Groups get a position when something of them is seen.
 */
export class GroupCounts {
  /** Numbers of the groups that were seen, by position. */
  readonly groups: number[] = [];
  /** Pull requests that the metric is about: mature, eligible, known. */
  n = new Int32Array(0);
  /** Those that satisfy the numerator. */
  k = new Int32Array(0);
  immature = new Int32Array(0);
  /** Left out because the number is not known. */
  unknown = new Int32Array(0);
  private excludedCounts = new Int32Array(0);
  private sums = new Float64Array(0);
  private percentiles = new Float64Array(0);
  private capacity = 0;
  private readonly direct: Int32Array | null;
  private readonly positions = new Map<number, number>();
  private readonly excluded = new Map<number, Readonly<Record<string, number>>>();

  /** @param size groups that could exist */
  constructor(
    private readonly size: number,
    readonly buckets: number,
    private readonly numbers: PlaceNumbers,
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

  /** Gives a place its percentile. */
  setPercentile(place: number, { hi, lo, value }: PercentileEstimate): void {
    const at = place * PERCENTILE_NUMBERS;
    this.percentiles[at] = value;
    this.percentiles[at + 1] = lo ?? Number.NaN;
    this.percentiles[at + 2] = hi ?? Number.NaN;
  }

  /** Gives a place its higher percentiles. */
  setSpread(place: number, p75: number, p90: number): void {
    const at = place * PERCENTILE_NUMBERS;
    this.percentiles[at + 3] = p75;
    this.percentiles[at + 4] = p90;
  }

  /** The higher percentiles of a place; null where they were not worked out. */
  spreadAt(place: number): Spread | null {
    const at = place * PERCENTILE_NUMBERS + 3;
    const p75 = this.percentiles[at] as number;
    return Number.isNaN(p75) ? null : { p75, p90: this.percentiles[at + 1] as number };
  }

  /** The percentile of a place; null when nothing is known there. */
  percentileAt(place: number): PercentileEstimate | null {
    const at = place * PERCENTILE_NUMBERS;
    const value = this.percentiles[at] as number;
    if (Number.isNaN(value)) return null;
    const lo = this.percentiles[at + 1] as number;
    const hi = this.percentiles[at + 2] as number;
    return Number.isNaN(lo) ? { value, lo: null, hi: null } : { value, lo, hi };
  }

  exclude(place: number, exclusion: number, count: number): void {
    const at = place * EXCLUSION_COUNT + exclusion;
    this.excludedCounts[at] = (this.excludedCounts[at] as number) + count;
  }

  /**
   * Counts of what was left out of a place, by reason; a reason without any is not listed. Places that agree share one
   * object: nearly all rows of a long answer do.
   * @param unknown the reason under which unknown numbers are counted; null of metrics that read none
   */
  excludedAt(place: number, unknown: string | null): Readonly<Record<string, number>> {
    const start = place * EXCLUSION_COUNT;
    let key = unknown === null ? 0 : (this.unknown[place] as number);
    let most = key;
    for (let code = 0; code < EXCLUSION_COUNT; code += 1) {
      const count = this.excludedCounts[start + code] as number;
      key = key * SHARED_BELOW + count;
      if (count > most) most = count;
    }
    if (key === 0) return NOTHING;
    if (most >= SHARED_BELOW) return this.listExcluded(place, unknown);
    let known = this.excluded.get(key);
    if (known === undefined) {
      known = this.listExcluded(place, unknown);
      this.excluded.set(key, known);
    }
    return known;
  }

  private listExcluded(place: number, unknown: string | null): Record<string, number> {
    const counts: Record<string, number> = {};
    for (let code = 0; code < EXCLUSION_COUNT; code += 1) {
      const count = this.excludedCounts[place * EXCLUSION_COUNT + code] as number;
      if (count > 0) counts[exclusionOf(code)] = count;
    }
    const missing = this.unknown[place] as number;
    if (unknown !== null && missing > 0) counts[unknown] = missing;
    return counts;
  }

  /** Adds Σx, Σx², Σxy of `values` (x, y, xx, xy, yy from `at` on) to a place. */
  addNumeratorSums(place: number, values: Float64Array, at: number): void {
    const own = place * RATIO_SUMS;
    const { sums } = this;
    sums[own] = (sums[own] as number) + (values[at] as number);
    sums[own + 2] = (sums[own + 2] as number) + (values[at + 2] as number);
    sums[own + 3] = (sums[own + 3] as number) + (values[at + 3] as number);
  }

  /** Adds Σy, Σy² to a place. */
  addDenominatorSums(place: number, values: Float64Array, at: number): void {
    const own = place * RATIO_SUMS;
    const { sums } = this;
    sums[own + 1] = (sums[own + 1] as number) + (values[at + 1] as number);
    sums[own + 4] = (sums[own + 4] as number) + (values[at + 4] as number);
  }

  /** Reads Σx, Σx², Σxy of a place. */
  readNumeratorSums(place: number, into: RatioSums): void {
    const at = place * RATIO_SUMS;
    into.x = this.sums[at] as number;
    into.xx = this.sums[at + 2] as number;
    into.xy = this.sums[at + 3] as number;
  }

  /** Reads Σy, Σy² of a place. */
  readDenominatorSums(place: number, into: RatioSums): void {
    const at = place * RATIO_SUMS;
    into.y = this.sums[at + 1] as number;
    into.yy = this.sums[at + 4] as number;
  }

  private grow(): void {
    // All at once where that is no more than an answer may have: growing copies everything each time.
    const fits = this.size * this.buckets <= MAX_ROWS;
    this.capacity = fits ? this.size : Math.max(16, this.capacity * 2);
    const places = this.capacity * this.buckets;
    this.n = enlarged(this.n, places);
    this.k = enlarged(this.k, places);
    this.immature = enlarged(this.immature, places);
    this.unknown = enlarged(this.unknown, places);
    this.excludedCounts = enlarged(this.excludedCounts, places * EXCLUSION_COUNT);
    if (this.numbers === "sums") {
      const larger = new Float64Array(places * RATIO_SUMS);
      larger.set(this.sums);
      this.sums = larger;
    } else if (this.numbers === "percentiles") {
      const larger = new Float64Array(places * PERCENTILE_NUMBERS).fill(Number.NaN);
      larger.set(this.percentiles);
      this.percentiles = larger;
    }
  }
}

function enlarged(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}
