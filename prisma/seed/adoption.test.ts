import { describe, expect, it } from "vitest";
import { AGENT_TOOLS, agentShare, rollbackChance, toolWeights } from "./adoption";
import { dayOf, LAST_DAY } from "./calendar";

const shareOn = (team: Parameters<typeof agentShare>[0], date: string): number => agentShare(team, dayOf(date));

describe("adoption", () => {
  it("starts early in some teams and late in others", () => {
    expect(shareOn("developer-experience", "2025-08-01")).toBeGreaterThan(0.7);
    expect(shareOn("ledger", "2025-12-01")).toBeLessThan(0.05);
    expect(shareOn("ledger", "2026-08-01")).toBeGreaterThan(0.4);
  });

  it("stops in Fulfilment in April 2026", () => {
    expect(shareOn("fulfilment", "2026-04-01")).toBeGreaterThan(0.45);
    expect(shareOn("fulfilment", "2026-07-01")).toBeLessThan(0.05);
  });

  it("gives no tool to a team before the tool exists", () => {
    expect(toolWeights("mobile", dayOf("2025-05-01")).jules).toBe(0);
    expect(toolWeights("mobile", dayOf("2026-05-01")).jules).toBeGreaterThan(0);
    for (const tool of AGENT_TOOLS) expect(toolWeights("payments", LAST_DAY)[tool]).toBeGreaterThanOrEqual(0);
  });
});

describe("rollbackChance", () => {
  const june = dayOf("2026-06-15");

  it("is nothing for documentation and more for agents than for people elsewhere", () => {
    expect(rollbackChance("docs", "agent", "cursor", "web", june)).toBe(0);
    const [agent, assisted, human] = (["agent", "assisted", "human"] as const).map((authorship) =>
      rollbackChance("feature", authorship, authorship === "human" ? null : "cursor", "web", june),
    );
    expect(agent).toBeGreaterThan(assisted ?? 1);
    expect(assisted).toBeGreaterThan(human ?? 1);
  });

  it("is high in March 2026, and for refactoring in Payments from August 2026", () => {
    const feature = (date: string): number => rollbackChance("feature", "agent", "claude_code", "search", dayOf(date));
    expect(feature("2026-03-16")).toBeGreaterThan(2 * feature("2026-02-16"));
    const refactor = (date: string): number =>
      rollbackChance("refactor", "agent", "claude_code", "payments", dayOf(date));
    expect(refactor("2026-08-10")).toBeGreaterThan(4 * refactor("2026-06-10"));
    expect(rollbackChance("refactor", "agent", "claude_code", "web", dayOf("2026-08-10"))).toBe(refactor("2026-06-10"));
  });
});
