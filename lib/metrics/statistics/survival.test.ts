import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aalenJohansen } from "./aalen-johansen";
import { kaplanMeier, kaplanMeierAt, medianSurvival, stepAt, timeTable } from "./kaplan-meier";

const observation = fc.record({ time: fc.integer({ min: 0, max: 30 }), event: fc.boolean() });
const observations = fc.array(observation, { minLength: 1, maxLength: 60 });

describe("Kaplan–Meier", () => {
  it("is the plain share where nothing is censored before", () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 0, max: 30 }), (list, window) => {
        const watched = list.map(({ time, event }) =>
          event && time <= window ? { time, event } : { time: 31, event: false },
        );
        const events = watched.filter(({ event }) => event).length;
        expect(stepAt(kaplanMeier(watched), window)?.survival ?? 1).toBeCloseTo(1 - events / list.length, 12);
      }),
    );
  });

  it("falls, stays in 0..1, and lies inside of its band", () => {
    fc.assert(
      fc.property(observations, (list) => {
        let before = 1;
        for (const { atRisk, hi, lo, survival, variance } of kaplanMeier(list)) {
          expect(survival).toBeLessThanOrEqual(before);
          expect(lo - 1e-12 <= survival && survival <= hi + 1e-12 && survival >= 0).toBe(true);
          expect(variance).toBeGreaterThanOrEqual(0);
          expect(atRisk).toBeGreaterThan(0);
          before = survival;
        }
      }),
    );
  });

  it("counts grouped observations like single ones, in any order", () => {
    fc.assert(
      fc.property(observations, (list) => {
        const grouped = list.map((one) => ({ ...one, count: 3 })).reverse();
        const single = list.flatMap((one) => [one, one, one]);
        expect(kaplanMeier(grouped)).toEqual(kaplanMeier(single));
      }),
    );
  });

  it("thinned to some times says at each new step what is in force there, and is whole while it is short", () => {
    fc.assert(
      fc.property(observations, fc.uniqueArray(fc.integer({ min: 0, max: 31 })), fc.nat(5), (list, chosen, most) => {
        const all = kaplanMeier(list);
        const times = chosen.sort((a, b) => a - b);
        const steps = kaplanMeierAt(timeTable(list), times, most);
        if (all.length <= most) {
          expect(steps).toEqual(all);
          return;
        }
        const inForce = times.map((time) => ({ time, step: stepAt(all, time) }));
        const fresh = inForce.filter(({ step }, index) => step !== null && step !== (inForce[index - 1]?.step ?? null));
        expect(steps).toEqual(fresh.map(({ time, step }) => ({ ...step, time })));
      }),
    );
  });

  it("has a median only when it falls to one half", () => {
    const at = (time: number, event: boolean) => ({ time, event });
    expect(medianSurvival(kaplanMeier([at(1, true), at(2, true), at(3, false), at(4, false)]))).toBe(2);
    expect(medianSurvival(kaplanMeier([at(1, true), at(3, false), at(4, false)]))).toBeNull();
    expect(kaplanMeier([at(2, false)])).toEqual([]);
  });
});

it("Aalen–Johansen incidences and survival add up to 1, and one cause alone is 1 − Kaplan–Meier", () => {
  const cause = fc.constantFrom("rollback", "fix", null);
  fc.assert(
    fc.property(
      fc.array(fc.record({ time: fc.integer({ min: 0, max: 20 }), cause }), { minLength: 1 }),
      fc.integer({ min: 0, max: 20 }),
      (list, at) => {
        const { byCause, survival } = aalenJohansen(list, at);
        const total = [...byCause.values()].reduce((sum, incidence) => sum + incidence, survival);
        expect(total).toBeCloseTo(1, 12);
        const alone = list.map(({ time, cause: found }) => ({ time, cause: found === null ? null : "any" }));
        const steps = kaplanMeier(list.map(({ time, cause: found }) => ({ time, event: found !== null })));
        expect(1 - (aalenJohansen(alone, at).byCause.get("any") ?? 0)).toBeCloseTo(
          stepAt(steps, at)?.survival ?? 1,
          12,
        );
      },
    ),
  );
});
