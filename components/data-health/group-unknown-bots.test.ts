import { describe, expect, it } from "vitest";
import type { UnknownBotItem } from "@/lib/metrics/explorer/types";
import { groupUnknownBots } from "./group-unknown-bots";

const seen = (change: Partial<UnknownBotItem>): UnknownBotItem => ({
  org: "acme",
  repo: "acme/api",
  identity: "fixer[bot]",
  name: "fixer[bot]",
  role: "author",
  pullRequests: 1,
  firstSeen: "2026-03-01T00:00:00Z",
  lastSeen: "2026-03-01T00:00:00Z",
  example: { id: "1-7", number: 7 },
  ...change,
});

describe("groupUnknownBots", () => {
  it("puts the sightings of one identity together", () => {
    const more = seen({
      repo: "acme/web",
      pullRequests: 4,
      firstSeen: "2026-01-01T00:00:00Z",
      lastSeen: "2026-02-01T00:00:00Z",
      example: { id: "2-9", number: 9 },
    });
    const { org: _, repo: __, ...sighting } = more;
    expect(groupUnknownBots([seen({}), more])).toEqual([
      { ...sighting, pullRequests: 5, lastSeen: "2026-03-01T00:00:00Z", repositories: ["acme/web", "acme/api"] },
    ]);
  });

  it("keeps author and co-author apart", () => {
    expect(groupUnknownBots([seen({}), seen({ role: "co-author" })])).toHaveLength(2);
  });
});
