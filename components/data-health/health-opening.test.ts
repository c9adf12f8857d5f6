import { describe, expect, it } from "vitest";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { repositoryHealth as repository } from "@/tests/factories/repository-health";
import { healthOpening } from "./health-opening";

const say = (...repositories: RepositoryHealth[]) => {
  const { headline, lede } = healthOpening(repositories, "UTC");
  return { headline: headline.replaceAll("\u00a0", " "), lede: lede.replaceAll("\u00a0", " ") };
};

describe("healthOpening", () => {
  it("says up to when the data is complete", () => {
    expect(say(repository()).headline).toBe("acme/api is complete to 31 Oct 2026, 08:41.");
    expect(say(repository(), repository()).headline).toBe("All 2 repositories are complete to 31 Oct 2026, 08:41.");
    expect(say(repository(), repository({ completeTo: "2026-10-31T02:00:00Z" })).headline).toBe(
      "All 2 repositories are complete to 31 Oct 2026, 08:41, or within a day of it.",
    );
    expect(say(repository(), repository({ completeTo: "2026-10-29T02:00:00Z" })).headline).toBe(
      "1 of 2 repositories are complete to 31 Oct 2026, 08:41; 1 ends more than a day earlier.",
    );
  });

  it("says how well agents are marked", () => {
    expect(say(repository()).lede).toBe(
      "Of 100 merged pull requests, 40 % carry a strong mark of an agent, 5.0 % carry a weak one and 55 % carry none. An agent that leaves no mark cannot be seen, so every share of agents is a lower bound.",
    );
    expect(say(repository({ weak: 0, unmarked: 60 })).lede).toContain(
      "40 % carry a strong mark of an agent and 60 % carry none.",
    );
    expect(say(repository({ merged: 0 })).lede).toBe("No merged pull request was found in them.");
  });
});
