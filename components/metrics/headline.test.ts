import { describe, expect, it } from "vitest";
import { metricRow } from "@/tests/factories/metric-row";
import { type HeadlineInput, overviewOpening, subjectOf } from "./headline";

const share = metricRow({ value: 0.41, lo: 0.38, hi: 0.44, k: 1284, n: 3129, flags: ["lower_bound"] });
const rolledBack = metricRow({ value: 0.041, lo: 0.031, hi: 0.054, k: 49, n: 1197 });
const agents = { name: "Agents", theirs: "theirs" };

const read = (input: Partial<HeadlineInput>) => {
  const { headline, lede } = overviewOpening({ subject: agents, share, rolledBack, before: null, ...input });
  const text = headline.map((segment) => (typeof segment === "string" ? segment : segment.figure)).join("");
  return { headline: text.replaceAll("\u00a0", " "), lede: lede.join(" ").replaceAll("\u00a0", " ") };
};

describe("overviewOpening", () => {
  it("says share and rollbacks, and what they rest on", () => {
    expect(read({})).toEqual({
      headline: "Agents merged at least 41 % of all pull requests. 4.1 % of theirs were rolled back within seven days.",
      lede:
        "The 95 % interval is 3.1–5.4 %, from 1,197 pull requests old enough. " +
        "Agent work committed under a person's account is not seen, so the share is a lower bound.",
    });
  });

  it("tells a change from chance", () => {
    const up = metricRow({ ...rolledBack, change: { value: 0.016, lo: 0.002, hi: 0.031, method: "newcombe" } });
    expect(read({ rolledBack: up, before: "the 12 weeks before" }).lede).toContain(
      "More than the 12 weeks before by 1.6 pp, beyond chance.",
    );
    const flat = metricRow({ ...rolledBack, change: { value: -0.004, lo: -0.02, hi: 0.011, method: "newcombe" } });
    expect(read({ rolledBack: flat, before: "the 12 weeks before" }).lede).toContain(
      "The difference from the 12 weeks before (−0.4 pp) is within chance.",
    );
  });

  it("uses words instead of percentages for few", () => {
    const few = metricRow({ value: 0.2857, lo: 0.08, hi: 0.64, k: 2, n: 7, flags: ["few"] });
    const fewMerged = metricRow({ value: 0.777, lo: 0.4, hi: 0.9, k: 7, n: 9, flags: ["few", "lower_bound"] });
    expect(read({ share: fewMerged, rolledBack: few })).toMatchObject({
      headline: "Agents merged 7 of 9 pull requests. 2 of 7 of theirs were rolled back within seven days.",
      lede: expect.stringContaining("Too few are old enough to give a rate."),
    });
  });

  it("does not read none as a rate", () => {
    expect(read({ rolledBack: metricRow({ value: 0, lo: 0, hi: 0.039, k: 0, n: 94 }) }).headline).toContain(
      "None of theirs was rolled back within seven days, of 94 old enough.",
    );
    expect(read({ rolledBack: metricRow({ n: 0, k: 0, immature: 12, reason: "too young" }) })).toMatchObject({
      headline: expect.stringContaining("None of theirs is old enough yet"),
      lede: expect.stringContaining("12 pull requests merged too recently to be judged are left out."),
    });
  });

  it("says when there is nothing to speak of", () => {
    expect(read({ share: metricRow({ k: 0, n: 0 }) }).headline).toBe(
      "No pull requests were merged in this period with these filters.",
    );
    expect(read({ share: metricRow({ value: 0, k: 0, n: 40 }) }).headline).toBe(
      "None of the 40 merged pull requests carries the mark of agents.",
    );
  });
});

describe("subjectOf", () => {
  it("follows the filters", () => {
    const name = (agent: string) => `Named ${agent}`;
    expect(subjectOf({}, name).name).toBe("Agents");
    expect(subjectOf({ agent: ["cursor"] }, name).name).toBe("Named cursor");
    expect(subjectOf({ agent: ["cursor", "codex"] }, name).name).toBe("Agents");
    expect(subjectOf({ authorKind: ["human"] }, name).name).toBe("People");
    expect(subjectOf({ authorKind: ["agent", "human"] }, name).name).toBe("The chosen authors");
  });
});
