import { describe, expect, it } from "vitest";
import { laggingRepositories } from "./freshness";

const repo = (org: string, name: string, completeTo: string | null) => ({
  value: `${org}/${name}`,
  name,
  org,
  completeTo,
});

describe("laggingRepositories", () => {
  it("compares a repository with the newest of its own organisation", () => {
    const repos = [
      repo("acme", "api", "2026-10-31T08:00:00Z"),
      repo("acme", "web", "2026-10-30T09:00:00Z"),
      repo("acme", "old", "2026-10-29T08:00:00Z"),
      repo("acme", "new", null),
      repo("sample", "ledger", "2026-01-01T00:00:00Z"),
    ];
    expect(laggingRepositories({ repos }).map(({ value }) => value)).toEqual(["acme/old", "acme/new"]);
  });

  it("finds nothing in nothing", () => expect(laggingRepositories({ repos: [] })).toEqual([]));
});
