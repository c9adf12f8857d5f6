import { expect, it } from "vitest";
import { findMetric } from "@/lib/metrics/registry";
import type { EffectAnswer } from "@/lib/metrics/rollout/types";
import { effectWords } from "./effect-words";

const effect: NonNullable<EffectAnswer["effect"]> = {
  estimate: 0.5,
  lo: 0.26,
  hi: 0.74,
  relative: 0.44,
  p: 2 / 70,
  isExact: true,
  smallestP: 2 / 70,
  mayBeSignificant: true,
  detectable: 0.31,
  treated: 4,
  control: 4,
};
const answer = (more: Partial<typeof effect>, isRatio = false): EffectAnswer => ({
  metric: "prs_per_engineer_week",
  wave: {
    from: "2026-02-02",
    to: "2026-02-04",
    treated: [],
    control: [],
    before: { from: "2025-11-03", to: "2026-02-02" },
    after: { from: "2026-02-09", to: "2026-03-30" },
    reason: null,
  },
  teams: [],
  effect: { ...effect, ...more },
  reason: null,
  isRatio,
  weeks: [],
});
const words = (metric: string, given: EffectAnswer) => {
  const descriptor = findMetric(metric)?.descriptor;
  if (descriptor === undefined) throw new Error("no such metric");
  const { basis = "", checks = [], headline = "" } = effectWords(given, descriptor) ?? {};
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  return { headline: plain(headline), basis: plain(basis), checks: checks.map(plain) };
};

it("says how large an effect is, how sure, and against what", () => {
  expect(words("prs_per_engineer_week", answer({}))).toEqual({
    headline: "+0.50, 44 % more than would have come without it",
    basis: "95 % interval +0.26 to +0.74, exact p = 0.029, 4 teams against 4",
    checks: [
      "Chosen by chance, so many teams would rarely differ by as much.",
      "An effect of +0.31 would have been seen four times in five.",
      "Teams chose to begin, or were chosen: those that did may differ from those that did not.",
      "Compared are 13 weeks before and 7 weeks after; the lines before the mark show whether both went the same way.",
    ],
  });
});

it("calls nothing significant with fewer than four teams on a side, and says when it may be nothing", () => {
  const small = words(
    "prs_per_engineer_week",
    answer({ lo: -0.2, relative: -0.1, treated: 4, control: 3, mayBeSignificant: false }),
  );
  expect(small?.headline).toBe("+0.50, 10 % less than would have come without it: it may as well be nothing");
  expect(small?.checks[0]).toBe(
    "With 4 teams against 3 it is not called significant, whatever p comes to: that takes four on each side.",
  );
});

it("writes times as changes, and shares in points", () => {
  const ratio = { estimate: 0.6, lo: 0.4, hi: 0.9, detectable: 1.4, relative: -0.4 };
  expect(words("stage_review", answer(ratio, true))).toMatchObject({
    headline: "−40 %",
    basis: expect.stringContaining("−60 % to −10 %"),
  });
  const share = { estimate: -0.012, lo: -0.02, hi: -0.004, relative: null };
  expect(words("rollback_rate_7d", answer(share))?.headline).toBe("−1.2 points");
});

it("says nothing where there is no effect to tell of", () => {
  expect(words("stage_review", { ...answer({}), effect: null })).toEqual({ headline: "", basis: "", checks: [] });
});
