import { describe, expect, it } from "vitest";
import { laggingRepositories } from "./freshness";

const repo = (org: string, name: string, completeTo: string | null) => ({
  value: `${org}/${name}`,
  name,
  org,
  completeTo,
});

const org = (slug: string, isSample = false) => ({ slug, name: slug, isSample, timeZone: "UTC", fiscalStart: 1 });

describe("laggingRepositories", () => {
  it("compares real repositories with the newest of them all, and the sample with itself", () => {
    const orgs = [org("acme"), org("beta"), org("sample", true)];
    const repos = [
      repo("acme", "api", "2026-10-31T08:00:00Z"),
      repo("acme", "web", "2026-10-30T09:00:00Z"),
      repo("acme", "old", "2026-10-29T08:00:00Z"),
      repo("acme", "new", null),
      repo("beta", "imported-once", "2026-03-21T18:00:00Z"),
      repo("sample", "ledger", "2026-01-01T00:00:00Z"),
    ];
    expect(laggingRepositories({ orgs, repos }).map(({ value }) => value)).toEqual([
      "acme/old",
      "acme/new",
      "beta/imported-once",
    ]);
  });

  it("finds nothing in nothing", () => expect(laggingRepositories({ orgs: [], repos: [] })).toEqual([]));
});
