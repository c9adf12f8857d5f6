import { describe, expect, it } from "vitest";
import { readLandingClaim } from "./landing-claim";

const claim = (message: string, parents = 1) => {
  const read = readLandingClaim(message, parents);
  return read === null
    ? null
    : { number: read.number, kind: read.kind, forge: read.forge, title: read.title, headRef: read.headRef };
};

describe("readLandingClaim", () => {
  it("reads the wordings of merge buttons", () => {
    expect(claim("Merge pull request #12 from acme/feat/x-1\n\nAdd x\n\nMore", 2)).toEqual({
      number: 12,
      kind: "merge",
      forge: "github",
      title: "Add x",
      headRef: "feat/x-1",
    });
    expect(claim("Merge pull request #12 from acme/x", 1)).toMatchObject({
      kind: "merge",
      title: "Merge pull request #12 from acme/x",
    });
    expect(claim("Merge pull request 'Add x' (#13) from acme/x into main", 2)).toMatchObject({
      number: 13,
      forge: "gitea",
      title: "Add x",
    });
    expect(claim("Merged PR 14: Add x\n\nRelated work items: #9", 1)).toMatchObject({
      number: 14,
      kind: "squash",
      forge: "azure",
      title: "Add x",
    });
    expect(claim("Merged in feat/x (pull request #15)\n\nAdd x\n\nApproved-by: Bob", 2)).toMatchObject({
      number: 15,
      kind: "merge",
      forge: "bitbucket",
      title: "Add x",
      headRef: "feat/x",
    });
    expect(
      claim("Pull request #16: Add x\n\nMerge in ACME/api from feat/x to main\n\n* commit 'abc':", 2),
    ).toMatchObject({
      number: 16,
      title: "Add x",
      headRef: "feat/x",
    });
    expect(
      claim("Merge branch 'feat/x' into 'main'\n\nAdd x\n\nCloses #4\n\nSee merge request acme/api!17", 2),
    ).toMatchObject({
      number: 17,
      forge: "gitlab",
      title: "Add x",
      headRef: "feat/x",
    });
    expect(claim("Add x\n\nSee merge request acme/api!18", 1)).toMatchObject({
      number: 18,
      kind: "squash",
      title: "Add x",
    });
  });

  it("reads a number at the very end of the subject only", () => {
    expect(claim("Add x (#1) (#2)")).toMatchObject({ number: 2, title: "Add x (#1)" });
    expect(claim('Revert "Add x (#12)" (#15)')).toMatchObject({ number: 15, title: 'Revert "Add x (#12)"' });
    for (const subject of [
      'Revert "Add x (#9203)"',
      "Add x (#12) again",
      "Fix #12",
      "Add x (acme/api#12)",
      "Add x (#12, #13)",
      "Add x (fixes #12)",
      "Add x (#0)",
    ]) {
      expect(claim(subject), subject).toBeNull();
    }
    expect(claim("Add x\n\nLanded before (#12)")).toBeNull();
    expect(claim("Add x\ncontinued (#12)")).toBeNull();
  });

  it("does not take what a message quotes for its own", () => {
    expect(claim("Squash\n\n* Merge branch 'a' into 'b'\n\nSee merge request acme/api!5\n\n* more")).toBeNull();
    expect(claim("Pull request #5: how to")).toBeNull();
    expect(claim("Merge branch 'main' into feature", 2)).toBeNull();
    expect(claim("")).toBeNull();
  });
});
