import { describe, expect, it } from "vitest";
import type { Opening } from "@/components/metrics/headline";
import type { MetricRow } from "@/lib/metrics/types";
import { metricRow } from "@/tests/factories/metric-row";
import { qualityOpening } from "./quality-opening";
import { reviewOpening } from "./review-opening";
import { velocityOpening } from "./velocity-opening";

const rows = (by: Record<string, Partial<MetricRow>>) =>
  new Map(Object.entries(by).map(([metric, row]) => [metric, metricRow(row)]));
const plain = (text: string) => text.replaceAll("\u00a0", " ");

function read({ headline, lede }: Opening) {
  const text = headline.map((part) => (typeof part === "string" ? part : part.figure)).join("");
  return { headline: plain(text), lede: lede.map(plain) };
}

it("a page without pull requests says so, and not that nothing is known", () => {
  const none = { n: 0, k: 0, value: null, reason: "no pull requests" };
  const empty = rows({ stage_coding: none, unreviewed_merge_rate: none, post_merge_rework_rate_21d: none });
  for (const openingOf of [velocityOpening, reviewOpening, qualityOpening]) {
    expect(read(openingOf(empty, rows({})))).toEqual({
      headline: "No pull requests by agents ended in this period with these filters.",
      lede: ["Choose a longer period or clear a filter."],
    });
  }
});

describe("Velocity in two sentences", () => {
  it("says how long agents' work waits and takes, beside people's, and what is not in it", () => {
    const own = rows({
      stage_pickup: { value: 2.5 * 3600, n: 90, excluded: { not_reviewed: 12 } },
      cycle_time_total: { value: 26 * 3600, n: 70, excluded: { unknown_deployment: 1 } },
    });
    const opening = read(velocityOpening(own, rows({ stage_pickup: { value: 6 * 3600, n: 40 } })));
    expect(opening.headline).toBe(
      "Pull requests by agents wait 2 h 30 m for a first review and take 1 d 2 h to production, at the median.",
    );
    expect(opening.lede).toEqual([
      "Those by people wait 6 h.",
      "12 pull requests without a known review by a person have no wait.",
      "Of 1 no deployment is told, so it is not in the time to production.",
    ]);
  });

  it("says either alone where the other is not known, and what to do where neither is", () => {
    const waits = read(velocityOpening(rows({ stage_pickup: { value: 600, n: 9 } }), null));
    expect(waits.headline).toBe("Pull requests wait 10 m for a first review, at the median.");
    const takes = read(velocityOpening(rows({ cycle_time_total: { value: 7200, n: 9 } }), null));
    expect(takes.headline).toBe("Pull requests take 2 h to production, at the median.");
    expect(read(velocityOpening(rows({}), null)).lede.join(" ")).toContain("Connect the GitHub account");
  });
});

describe("Rework and review in two sentences", () => {
  it("says what passed and what nobody looked at, and what that rests on", () => {
    const own = rows({
      first_pass_yield: { value: 0.55, lo: 0.52, hi: 0.58, k: 730, n: 1326 },
      unreviewed_merge_rate: { value: 0.31, lo: 0.29, hi: 0.33, k: 557, n: 1809, excluded: { unknown_reviews: 40 } },
    });
    const opening = read(
      reviewOpening(own, rows({ first_pass_yield: { value: 0.79, lo: 0.77, hi: 0.82, k: 924, n: 1165 } })),
    );
    expect(opening.headline).toBe(
      "55 % of the reviewed work of agents passed as it was. 31 % of what agents merged nobody reviewed.",
    );
    expect(opening.lede).toEqual([
      "The 95 % interval is 52–58 %, from 1,326 reviewed pull requests.",
      "Of people's reviewed work 79 % passed as it was.",
      "Of 40 merged pull requests no reviews are known; they are left out.",
    ]);
  });

  it("says few as k of n, and what to do where nothing is known", () => {
    const few = rows({ first_pass_yield: { value: 0.5, lo: 0.2, hi: 0.8, k: 2, n: 4, flags: ["few"] } });
    expect(read(reviewOpening(few, null))).toEqual({
      headline: "2 of 4 of the reviewed work passed as it was. ",
      lede: [],
    });
    expect(read(reviewOpening(rows({}), null)).lede.join(" ")).toContain("Connect the GitHub account");
  });
});

describe("Quality in two sentences", () => {
  it("says how many defects there were in how much code, and what was taken back", () => {
    const own = rows({
      defect_density_30d: { value: 0.41, lo: 0.35, hi: 0.47, k: 202, n: 900, exposure: 495.964 },
      post_merge_rework_rate_21d: { value: 0.041, lo: 0.037, hi: 0.046, k: 276, n: 6667 },
    });
    const opening = read(qualityOpening(own, rows({})));
    expect(opening.headline).toBe(
      "Merged work of agents brought 0.41 defects per 1,000 lines within 30 days. 4.1 % of it was taken back, wholly or in part, within 21 days.",
    );
    expect(opening.lede[0]).toBe(
      "The 95 % interval is 0.35–0.47, from 202 defects in 495,964 lines of production code.",
    );
  });

  it("tells too young from never reported", () => {
    const young = read(qualityOpening(rows({ defect_density_30d: { n: 0, immature: 3, reason: "too young" } }), null));
    expect(young.lede).toEqual(["3 pull requests merged less than 30 days ago are too young to say."]);
    const never = read(qualityOpening(rows({ defect_density_30d: { n: 0, reason: "no defects" } }), null));
    expect(never.headline).toBe("How many defects merged work brings is not known here.");
    expect(never.lede[0]).toContain("No defect has been reported");
  });
});
