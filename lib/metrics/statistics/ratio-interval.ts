import { createRandom } from "@/lib/core/random";
import { percentileCont } from "./percentile";
import { Z95 } from "./wilson";

const RESAMPLES = 2000;

/** Sums over subjects of a ratio's numerator x and denominator y; additive, so groups may be merged. */
export interface RatioSums {
  n: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

export interface Limits {
  lo: number;
  hi: number;
}

/**
 * 95 % interval of Σx / Σy by the delta method, from sums alone.
 * @returns null below two subjects or when Σy = 0
 */
export function linearisedRatioInterval({ n, x, y, xx, xy, yy }: RatioSums): Limits | null {
  if (n < 2 || y === 0) return null;
  const ratio = x / y;
  const squares = Math.max(0, xx - 2 * ratio * xy + ratio * ratio * yy);
  const half = (Z95 * Math.sqrt((squares * n) / (n - 1))) / Math.abs(y);
  return { lo: ratio - half, hi: ratio + half };
}

/**
 * 95 % percentile bootstrap of Σx / Σy over subjects, 2,000 resamples (metrics.md G9). The order of the pairs does not
 * matter and the seed decides, so the same figure has the same interval everywhere.
 * @returns null below two subjects or when Σy = 0
 */
export function bootstrapRatioInterval(pairs: readonly (readonly [number, number])[], seed: number): Limits | null {
  if (pairs.length < 2 || pairs.every(([, y]) => y === 0)) return null;
  const sorted = [...pairs].sort(([x1, y1], [x2, y2]) => x1 - x2 || y1 - y2);
  const xs = Float64Array.from(sorted, ([x]) => x);
  const ys = Float64Array.from(sorted, ([, y]) => y);
  const random = createRandom(seed);
  const scale = xs.length / 2 ** 32;
  const ratios: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    let x = 0;
    let y = 0;
    for (let draw = 0; draw < xs.length; draw += 1) {
      const index = Math.floor(random() * scale);
      x += xs[index] ?? 0;
      y += ys[index] ?? 0;
    }
    // A resample without any denominator says nothing about the ratio.
    if (y !== 0) ratios.push(x / y);
  }
  const [lo, hi] = percentileCont(ratios, [0.025, 0.975]) ?? [];
  return lo === undefined || hi === undefined ? null : { lo, hi };
}
