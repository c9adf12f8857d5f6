import { describe, expect, it } from "vitest";
import { excludeFromPopulation, isBackMergeTitle, type PopulationInput } from "./population";

const base: PopulationInput = {
  title: "Add export",
  body: null,
  labels: [],
  headRef: "add-export",
  baseRef: "main",
  defaultBranch: "main",
  kind: "human",
};
const of = (change: Partial<PopulationInput>) => excludeFromPopulation({ ...base, ...change }).exclusion;

describe("excludeFromPopulation", () => {
  it("counts ordinary work, of agents and of people, and re-lands", () => {
    expect(excludeFromPopulation(base)).toEqual({ exclusion: "none", evidence: null });
    expect(of({ kind: "agent" })).toBe("none");
    expect(of({ title: 'Reapply "Add export"' })).toBe("none");
    expect(of({ title: 'Revert "Revert \\"Add export\\""' })).toBe("none");
  });

  it("excludes automation first", () => {
    expect(of({ kind: "automation", headRef: "release/1.0" })).toBe("automation");
  });

  it.each([
    { headRef: "release/1.2" },
    { headRef: "changeset-release/main" },
    { headRef: "release-please--branches--main" },
    { labels: ["bug", "autorelease: pending"] },
    { title: "chore(release): 1.2.3" },
    { title: "chore(main): release 1.2.3" },
    { title: "Release v2" },
    { title: "Release 2.0.1" },
    { title: "Version Packages" },
  ])("excludes release %o", (change) => {
    expect(of(change)).toBe("release");
  });

  it.each([
    { title: "Release the connection before waiting" },
    { title: "Releases page: sort by date" },
    { headRef: "release-notes-page" },
    { title: "chore(releases): document the process" },
  ])("does not take %o for a release", (change) => {
    expect(of(change)).toBe("none");
  });

  it.each([
    "[Automated] Backmerge release/13.2 to main",
    "Back-merge 4.x",
    "Merge release/13.2 into main",
    "Merging changes from release/13.0 into main",
    "Merge changes from release/9.4 branch",
    "Merge in changes from 'release/9.5' branch",
    "Merge origin/release/13.2 into main",
    "Merge release/13.2 into main (manual conflict resolution)",
    "Merge branch 'main' into develop",
    "Merge main into develop",
  ])("sees a back-merge in %s", (title) => {
    expect(isBackMergeTitle(title)).toBe(true);
    expect(of({ title })).toBe("back_merge");
  });

  it.each([
    "Merge duplicate users",
    "Merge main navigation and sidebar",
    "Merge dev dependencies",
    "Merge release notes",
  ])("sees none in %s", (title) => {
    expect(isBackMergeTitle(title)).toBe(false);
  });

  it("sees a back-merge by branches, but not in a fork's main", () => {
    expect(of({ headRef: "dotnet/backmerge/release-13.2-to-main" })).toBe("back_merge");
    expect(of({ headRef: "main", baseRef: "release/2.0" })).toBe("back_merge");
    expect(of({ headRef: "main" })).toBe("none");
  });

  it("excludes a backport only when it cites what it brings back", () => {
    expect(of({ baseRef: "release/2.0", title: "[release/2.0] Fix crash (#12)" })).toBe("backport");
    expect(of({ baseRef: "v2.x", body: "Backport of https://github.com/acme/api/pull/12" })).toBe("backport");
    expect(of({ baseRef: "release/2.0", body: "Only here" })).toBe("none");
    expect(of({ baseRef: "feature/x", body: "Part of #12" })).toBe("none");
  });

  it("quotes what it decided by", () => {
    expect(excludeFromPopulation({ ...base, headRef: "release/1.2" }).evidence).toEqual({
      rule: "population:release",
      text: "The head branch is a release branch.",
      quote: "release/1.2",
      at: "headRef",
    });
  });
});
