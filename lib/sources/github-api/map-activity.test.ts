import { describe, expect, it } from "vitest";
import type { ApiCheckContext, ApiRelease, ApiReviewComment } from "./activity-answers";
import { mapChecks, mapRelease, mapReviewComment } from "./map-activity";

const CONTEXT = { orgId: 1, repo: "widgets" };
const SHA = "a".repeat(40);
const checks = (...contexts: ApiCheckContext[]) =>
  mapChecks(CONTEXT, { number: 7, headSha: SHA, updatedAt: "2026-03-01T10:00:00Z", contexts });
const run: ApiCheckContext = {
  __typename: "CheckRun",
  id: "CR_1",
  name: "scan",
  conclusion: "TIMED_OUT",
  startedAt: "2026-03-01T10:00:00Z",
  completedAt: "2026-03-01T10:04:30Z",
  checkSuite: { app: { name: "Scanner", slug: "scanner" }, workflowRun: null },
};
const status: ApiCheckContext = {
  __typename: "StatusContext",
  id: "SC_1",
  context: "ci/other",
  state: "ERROR",
  createdAt: "2026-03-01T10:05:00Z",
  creator: null,
};

describe("what checked a pull request", () => {
  it("is told with its verdict, who gave it and how long it took, where that is known", () => {
    expect(checks(run, status)).toMatchObject([
      {
        id: "github:check_run:CR_1",
        subject: `commit:widgets@${SHA}`,
        occurredAt: "2026-03-01T10:04:30.000Z",
        actor: { type: "bot", login: "scanner[bot]" },
        payload: { number: 7, check: "scan", conclusion: "timed_out", seconds: 270 },
      },
      { id: "github:status:SC_1", actor: null, payload: { check: "ci/other", conclusion: "failure", seconds: null } },
    ]);
  });

  it("is not told while it goes on, nor of a job whose workflow is read by itself", () => {
    expect(
      checks(
        { ...run, conclusion: null, completedAt: null },
        { ...run, checkSuite: { ...run.checkSuite, workflowRun: { id: "WFR_1" } } },
        { ...status, state: "PENDING" },
      ),
    ).toEqual([]);
  });

  it("took nobody knows how long where its beginning is not told", () => {
    expect(checks({ ...run, startedAt: null })[0]?.payload).toMatchObject({ seconds: null });
  });
});

describe("a release", () => {
  const release: ApiRelease = {
    id: "RE_1",
    tagName: "v1.2.0",
    name: null,
    isDraft: false,
    isPrerelease: true,
    createdAt: "2026-03-01T10:00:00Z",
    publishedAt: "2026-03-02T10:00:00Z",
    tagCommit: null,
    author: null,
  };

  it("is told since it was published, also where its tag is gone", () => {
    expect(mapRelease(CONTEXT, release)).toMatchObject([
      { occurredAt: "2026-03-02T10:00:00.000Z", payload: { tag: "v1.2.0", sha: null, isPrerelease: true } },
    ]);
  });

  it("is not told while it is a draft", () => {
    expect(mapRelease(CONTEXT, { ...release, isDraft: true, publishedAt: null })).toEqual([]);
  });
});

describe("a review comment", () => {
  const comment: ApiReviewComment = {
    id: 5,
    pull_request_url: "https://api.github.test/repos/acme/widgets/pulls/42",
    user: { id: 9, login: "copilot", type: "Bot" },
    path: "src/a.ts",
    in_reply_to_id: 4,
    created_at: "2026-03-01T10:00:00Z",
    updated_at: "2026-03-03T10:00:00Z",
  };

  it("is about its pull request, by who wrote it, when it was written", () => {
    expect(mapReviewComment(CONTEXT, comment)).toMatchObject([
      {
        subject: "pull_request:widgets#42",
        occurredAt: "2026-03-01T10:00:00.000Z",
        payload: { number: 42, author: { type: "bot", id: "9", login: "copilot[bot]" }, repliesTo: "4" },
      },
    ]);
  });

  it("tells what people thought of a program's comment, by their thumbs", () => {
    const thumbs = (up: number, down: number, more: Partial<ApiReviewComment> = {}) => {
      const reactions = { "+1": up, "-1": down };
      const [, judged] = mapReviewComment(CONTEXT, { ...comment, in_reply_to_id: null, reactions, ...more });
      return judged?.kind === "finding.judged" ? judged.payload.isFalse : null;
    };
    expect([thumbs(0, 2), thumbs(1, 2), thumbs(2, 1), thumbs(1, 1), thumbs(0, 0)]).toEqual([
      true,
      true,
      false,
      false,
      null,
    ]);
    expect(thumbs(0, 1, { in_reply_to_id: 4 })).toBeNull();
    expect(thumbs(0, 1, { user: { id: 9, login: "ada", type: "User" } })).toBeNull();
  });

  it("may be by an account that was deleted, and is left out where it is about nothing", () => {
    expect(mapReviewComment(CONTEXT, { ...comment, user: null })[0]).toMatchObject({ actor: null });
    expect(mapReviewComment(CONTEXT, { ...comment, pull_request_url: "" })).toEqual([]);
  });
});
