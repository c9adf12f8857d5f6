import { describe, expect, it } from "vitest";
import { repositoryHealth } from "@/tests/factories/repository-health";
import { rankRepositories } from "./rank-repositories";

const whole = repositoryHealth({ completeTo: "2026-10-31T08:00:00Z" });

describe("rankRepositories", () => {
  it("puts what needs attention first, the gravest on top, the others by name", () => {
    const { rows } = rankRepositories([
      { ...whole, repo: "acme/web" },
      { ...whole, repo: "acme/shallow", history: "shallow" },
      { ...whole, repo: "acme/api" },
      { ...whole, repo: "acme/old", completeTo: "2026-10-28T06:00:00Z" },
      { ...whole, repo: "acme/new", pending: true },
    ]);
    expect(rows.map(({ repo, needsAttention }) => [repo, needsAttention])).toEqual([
      ["acme/new", true],
      ["acme/old", true],
      ["acme/shallow", true],
      ["acme/api", false],
      ["acme/web", false],
    ]);
    expect(rows.map(({ state }) => state.map((words) => words.replaceAll("\u00a0", " ")))).toEqual([
      ["Being worked out"],
      ["Ends 3 d 2 h before the latest"],
      [],
      [],
      [],
    ]);
  });

  it("does not call a day behind", () => {
    const { rows } = rankRepositories([whole, { ...whole, repo: "acme/web", completeTo: "2026-10-30T08:00:00Z" }]);
    expect(rows.some(({ needsAttention }) => needsAttention)).toBe(false);
  });

  it("says once what all of them miss", () => {
    const { missingInAll, rows } = rankRepositories([
      { ...whole, missing: ["reviews"] },
      { ...whole, repo: "acme/web", missing: ["line counts", "reviews"] },
    ]);
    expect([missingInAll, ...rows.map(({ missing }) => missing)]).toEqual([["reviews"], [], ["line counts"]]);
    expect(rankRepositories([{ ...whole, missing: ["reviews"] }])).toMatchObject({
      missingInAll: [],
      rows: [{ missing: ["reviews"] }],
    });
  });

  it("does not hold against the sample that it has no refs/pull", () => {
    const [row] = rankRepositories([{ ...whole, isSample: true, pullRequestRefs: false }]).rows;
    expect(row?.needsAttention).toBe(false);
  });
});
