import { describe, expect, it } from "vitest";
import { Random, randomStream } from "./random";

describe("Random", () => {
  it("draws the published xoshiro128** sequence of a splitmix32 seed", () => {
    const random = new Random(20_260_101);
    const drawn = Array.from({ length: 8 }, () => random.uint32());
    expect(drawn).toEqual([669555042, 4261105110, 2011675259, 360252617, 667994812, 3407485904, 715841017, 1597450528]);
  });

  it("gives each label its own stream, the same every time", () => {
    const first = (label: string): number => randomStream(7, label).next();
    expect(first("a")).toBe(first("a"));
    expect(first("a")).not.toBe(first("b"));
  });

  it("keeps to the means it is asked for", () => {
    const random = new Random(1);
    const mean = (draw: () => number): number =>
      Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b, 0) / 20_000;
    expect(mean(() => random.next())).toBeCloseTo(0.5, 1);
    expect(mean(() => random.poisson(2.5))).toBeCloseTo(2.5, 1);
    expect(mean(() => random.normal())).toBeCloseTo(0, 1);
    expect(mean(() => Number(random.weighted({ "0": 3, "1": 1 })))).toBeCloseTo(0.25, 1);
  });

  it("samples without repeating and never more than there is", () => {
    const taken = new Random(3).sample([1, 2, 3], 5);
    expect([...taken].sort()).toEqual([1, 2, 3]);
  });
});
