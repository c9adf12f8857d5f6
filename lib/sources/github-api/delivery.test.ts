import { describe, expect, it } from "vitest";
import { readTouch } from "./delivery";

const repository = { node_id: "R_1", default_branch: "main" };

describe("what a delivery says", () => {
  it("is where to look", () => {
    const pull = { node_id: "PR_1", merged: false };
    expect(readTouch("pull_request", { action: "opened", repository, pull_request: pull })).toEqual({
      repository: "R_1",
      pullRequests: ["PR_1"],
      kinds: [],
      directory: false,
      teams: false,
      installation: null,
    });
    const merged = { ...pull, merged: true };
    expect(readTouch("pull_request", { repository, pull_request: merged })?.kinds).toEqual(["history"]);
    // A review's pull request does not say whether it is merged.
    expect(readTouch("pull_request_review", { repository, pull_request: { node_id: "PR_1" } })?.pullRequests).toEqual([
      "PR_1",
    ]);
    expect(readTouch("workflow_run", { repository })?.kinds).toEqual(["ci_runs"]);
    expect(readTouch("deployment_status", { repository })?.kinds).toEqual(["deployments"]);
    expect(readTouch("repository", { action: "renamed" })?.directory).toBe(true);
    expect(readTouch("membership", { action: "added" })?.teams).toBe(true);
    const suspended = { action: "unsuspend", installation: { id: 7 } };
    expect(readTouch("installation", suspended)).toMatchObject({ directory: true, installation: 7 });
  });

  it("is what a program found in a commit, unless Actions did or it only begins", () => {
    const found = { action: "completed", repository };
    const [scanner, actions] = [{ app: { slug: "scanner" } }, { app: { slug: "github-actions" } }];
    expect(readTouch("check_run", { ...found, check_run: scanner })?.kinds).toEqual(["checks"]);
    expect(readTouch("check_suite", { ...found, check_suite: {} })?.kinds).toEqual(["checks"]);
    expect(readTouch("status", { repository })?.kinds).toEqual(["checks"]);
    expect(readTouch("check_run", { ...found, check_run: actions })).toBeNull();
    expect(readTouch("check_run", { ...found, action: "created", check_run: scanner })).toBeNull();
    expect(() => readTouch("check_run", found)).toThrow(/check_run/);
  });

  it("is a comment to be read with its pull request, and a release", () => {
    const comment = { repository, pull_request: { node_id: "PR_1" } };
    expect(readTouch("pull_request_review_comment", comment)).toMatchObject({
      pullRequests: ["PR_1"],
      kinds: ["review_comments"],
    });
    expect(readTouch("release", { repository })?.kinds).toEqual(["releases"]);
  });

  it("is about the default branch alone when it is a push", () => {
    expect(readTouch("push", { repository, ref: "refs/heads/main" })?.kinds).toEqual(["history"]);
    const commits = [{ added: [], modified: ["src/a.ts", "docs/CODEOWNERS"], removed: null }];
    expect(readTouch("push", { repository, ref: "refs/heads/main", commits })?.kinds).toEqual([
      "history",
      "codeowners",
    ]);
    expect(readTouch("push", { repository, ref: "refs/heads/other", commits })).toBeNull();
    expect(readTouch("push", { repository, ref: "refs/heads/other" })).toBeNull();
    expect(readTouch("push", { repository, ref: "refs/tags/main" })).toBeNull();
  });

  it("is nothing for an event that nobody reads, and refused when it is not GitHub's", () => {
    expect(readTouch("star", { anything: true })).toBeNull();
    expect(readTouch("toString", {})).toBeNull();
    expect(() => readTouch("pull_request", { repository })).toThrow(/pull_request/);
    expect(() => readTouch("push", null)).toThrow();
  });
});
