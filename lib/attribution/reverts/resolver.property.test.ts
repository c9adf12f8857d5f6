import { deserialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LandedChange, RevertVerdict } from "@/lib/attribution/types";
import { LineBuilder } from "./line-builder";
import { createRevertResolver } from "./resolver";

const THINGS = ["add export", "bump qs", "fix (api): list", 'say "hi"', "#3 tune"];
const title = fc.oneof(
  fc.constantFrom(...THINGS),
  fc
    .tuple(fc.constantFrom("Revert", "Reapply", "chore: revert:", "Undo"), fc.constantFrom(...THINGS))
    .map(([verb, thing]) => `${verb} "${thing}"`),
  fc
    .tuple(fc.constantFrom("Revert #", "Reland #", "x, reverts #"), fc.nat(12))
    .map(([verb, number]) => `${verb}${number}`),
  fc.constantFrom('Revert "Revert "add export""', "revert everything", "revert list", "Bring back list", "Revert"),
);
const landing = fc.record({
  title,
  cites: fc.option(fc.nat(12)),
  squash: fc.boolean(),
  direct: fc.boolean(),
  hours: fc.integer({ min: -3, max: 400 }),
  file: fc.constantFrom("a.ts", "b.ts", "package.json"),
  lines: fc.array(fc.constantFrom("1", "2", "3", "4", "5", "6", "7"), { maxLength: 7 }),
  sync: fc.boolean(),
});

function build(landings: readonly (typeof landing extends fc.Arbitrary<infer T> ? T : never)[]): LandedChange[] {
  const line = new LineBuilder();
  for (const [i, { cites, squash, direct, hours, file, lines, sync, ...rest }] of landings.entries()) {
    const sha = cites === null ? undefined : line.changes[cites]?.landedShas[0];
    const sentence = sha === undefined ? "" : `This reverts commit ${sha}.`;
    line.land({
      title: rest.title,
      body: squash && sentence !== "" ? `* work\n\n* Revert "x"\n\n${sentence}` : sentence,
      files: { [file]: lines.length === 0 ? null : lines },
      after: hours,
      isSyncMerge: sync && direct,
      ...(direct ? {} : { number: i }),
    });
  }
  return line.changes;
}

function resolve(changes: readonly LandedChange[]): RevertVerdict[] {
  const resolver = createRevertResolver({ repo: null, window: { changes: 6, days: 30, files: 50 } });
  return changes.flatMap((change) => resolver.push(change));
}

describe("any line", () => {
  it("points backwards only, at most once, and never below zero seconds", () => {
    fc.assert(
      fc.property(fc.array(landing, { maxLength: 13 }), (landings) => {
        const changes = build(landings);
        const position = new Map(changes.map((change, i) => [change.key, i]));
        for (const { key, targets } of resolve(changes)) {
          const keys = targets.map((target) => target.key);
          expect(new Set(keys).size).toBe(keys.length);
          for (const target of targets) {
            expect(position.get(target.key)).toBeLessThan(position.get(key) ?? -1);
            expect(target.seconds).toBeGreaterThanOrEqual(0);
            expect(target.evidence.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("says the same again, and of a shorter line what it said of it as part of the longer one", () => {
    fc.assert(
      fc.property(fc.array(landing, { maxLength: 13 }), fc.nat(13), (landings, length) => {
        const changes = build(landings);
        const whole = resolve(changes);
        expect(resolve(changes)).toEqual(whole);
        const part = changes.slice(0, length);
        const keys = new Set(part.map((change) => change.key));
        expect(resolve(part)).toEqual(whole.filter((verdict) => keys.has(verdict.key)));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("goes on from a snapshot as if it had seen everything itself", () => {
    const options = { repo: null, window: { changes: 6, days: 30, files: 50 } };
    fc.assert(
      fc.property(fc.array(landing, { maxLength: 13 }), fc.array(fc.nat(13), { maxLength: 3 }), (landings, cuts) => {
        const changes = build(landings);
        let resolver = createRevertResolver(options);
        for (const [at, change] of changes.entries()) {
          if (cuts.includes(at)) resolver = createRevertResolver(options, resolver.snapshot());
          resolver.push(change);
        }
        const whole = createRevertResolver(options);
        for (const change of changes) whole.push(change);
        expect(resolver.finish()).toEqual(whole.finish());
        expect(deserialize(resolver.snapshot())).toEqual(deserialize(whole.snapshot()));
        for (const { landedShas, number } of changes) {
          expect(landedShas.every((sha) => resolver.hasLanded(sha))).toBe(true);
          expect(number === null || resolver.hasPullRequest(number)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
