import { describe, expect, it } from "vitest";
import { createRandom, seedOf } from "@/lib/core/random";
import { bootstrapRatioInterval, linearisedRatioInterval } from "./ratio-interval";

const draw = createRandom(11);
const pairs = Array.from({ length: 180 }, () => {
  const y = 1 + (draw() % 500);
  return [(draw() % 1000) / 1000 < 0.4 ? y : 0, y] as const;
});
const sums = pairs.reduce(
  (total, [x, y]) => ({
    n: total.n + 1,
    x: total.x + x,
    y: total.y + y,
    xx: total.xx + x * x,
    xy: total.xy + x * y,
    yy: total.yy + y * y,
  }),
  { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 },
);

describe("the generator", () => {
  it("gives the published numbers for a seed", () => {
    const next = createRandom(20_260_101);
    const first = Array.from({ length: 8 }, () => next());
    expect(first).toEqual([669555042, 4261105110, 2011675259, 360252617, 667994812, 3407485904, 715841017, 1597450528]);
  });

  it("is seeded by what a figure is about", () => {
    expect(seedOf("")).toBe(0x811c9dc5);
    expect(seedOf("ai_share_lines")).not.toBe(seedOf("ai_share_prs"));
  });
});

describe("the interval of a ratio of sums", () => {
  it("is the same for the same seed, whatever the order", () => {
    const one = bootstrapRatioInterval(pairs, 5);
    expect(bootstrapRatioInterval([...pairs].reverse(), 5)).toEqual(one);
    expect(bootstrapRatioInterval(pairs, 6)).not.toEqual(one);
  });

  it("agrees between resampling and the delta method where both apply", () => {
    const resampled = bootstrapRatioInterval(pairs, 1);
    const linear = linearisedRatioInterval(sums);
    const ratio = sums.x / sums.y;
    expect(resampled?.lo).toBeCloseTo(linear?.lo ?? 0, 1);
    expect(resampled?.hi).toBeCloseTo(linear?.hi ?? 0, 1);
    expect((linear?.lo ?? 1) < ratio && ratio < (linear?.hi ?? 0)).toBe(true);
  });

  it("does not exist for one subject or without a denominator", () => {
    expect(bootstrapRatioInterval([[1, 2]], 1)).toBeNull();
    expect(
      bootstrapRatioInterval(
        [
          [0, 0],
          [0, 0],
        ],
        1,
      ),
    ).toBeNull();
    expect(linearisedRatioInterval({ n: 1, x: 1, y: 2, xx: 1, xy: 2, yy: 4 })).toBeNull();
  });
});
