import { expect, it } from "vitest";
import type { FleetEvent, FleetEventKind, PayloadOf } from "./schema";
import { sentenceOf } from "./sentences";

function say<Kind extends FleetEventKind>(kind: Kind, payload: PayloadOf<Kind>): string {
  const base = {
    id: "e",
    orgId: 1,
    source: "test",
    repo: "api",
    occurredAt: "2026-03-01T00:00:00Z",
    subject: "s",
    actor: null,
  };
  return sentenceOf({ ...base, kind, payload } as FleetEvent);
}

const sha = "0123456789abcdef0123456789abcdef01234567";
const person = { type: "user" as const, id: "1", login: "ada", name: "Ada", email: "ada@example.org" };

it("says what happened in one sentence and names no person", () => {
  const merged = {
    number: 7,
    title: "t",
    body: null,
    author: person,
    headRef: null,
    headSha: null,
    baseRef: "main",
    labels: [],
    taskType: null,
    mergedAt: "2026-03-01T00:00:00Z",
    mergeSha: sha,
    mergedBy: null,
    url: null,
  };
  expect(say("pull_request.merged", { ...merged, mergeKind: "squash", landedShas: [sha] })).toBe(
    "Merged into main by squashing as 012345678.",
  );
  expect(say("pull_request.merged", { ...merged, mergeKind: "rebase", landedShas: [sha, sha] })).toBe(
    "Merged into main by rebasing, 2 commits up to 012345678.",
  );
  expect(say("review.submitted", { number: 7, reviewer: person, state: "changes_requested", comments: 1 })).toBe(
    "A person asked for changes with 1 comment.",
  );
  const bot = { ...person, type: "bot" as const, login: "reviewer[bot]" };
  expect(say("review.submitted", { number: 7, reviewer: bot, state: "approved", comments: 0 })).toBe(
    "Reviewer[bot] approved.",
  );
  expect(say("pull_request.opened", { number: 7, title: "t", author: person, headRef: null, isDraft: true })).toBe(
    "Opened by a person as a draft.",
  );
  expect(say("ci_run.finished", { number: 7, headSha: sha, check: "unit", conclusion: "timed_out", seconds: 61 })).toBe(
    "Check unit timed out after 1\u00a0m.",
  );
  expect(say("ci_run.finished", { number: 7, headSha: sha, check: "e2e", conclusion: "skipped", seconds: 0 })).toBe(
    "Check e2e was skipped.",
  );
  const deployment = { service: "api", environment: "production", sha, numbers: [7] };
  expect(say("deployment.finished", { ...deployment, status: "success", deploymentKind: "change" })).toBe(
    "The deployment of api to production succeeded.",
  );
  expect(say("deployment.finished", { ...deployment, status: "failure", deploymentKind: "rollback" })).toBe(
    "The rollback of api to production failed.",
  );
});

it("says what was said in a review, what became of it, and what it was about", () => {
  const comment = { number: 7, comment: "1", author: person, path: "src/a.ts" };
  expect(say("review.commented", { ...comment, repliesTo: null })).toBe("A person commented on src/a.ts.");
  expect(say("review.commented", { ...comment, author: null, repliesTo: "1" })).toBe(
    "A person answered a comment on src/a.ts.",
  );
  const thread = { number: 7, thread: "T", path: "src/a.ts", isResolved: false, isOutdated: false, resolvedBy: null };
  expect(say("review_thread.observed", thread)).toBe("By then the comments on src/a.ts were not resolved.");
  expect(say("review_thread.observed", { ...thread, isOutdated: true })).toBe(
    "By then the comments on src/a.ts were not resolved, and what they are about had changed.",
  );
  expect(say("review_thread.observed", { ...thread, isResolved: true, resolvedBy: person })).toBe(
    "By then the comments on src/a.ts were resolved by a person.",
  );
  const link = { number: 7, issue: 12, assigned: [], labelled: [], updatedAt: "2026-03-01T00:00:00Z" };
  expect(say("pull_request.issue_linked", link)).toBe("It closes issue #12.");
});

it("says how a check ended, and how long it took where that is known", () => {
  const check = { number: 7, headSha: sha, check: "scan", conclusion: "failure" as const };
  expect(say("ci_run.finished", { ...check, seconds: 7200 })).toBe("Check scan failed after 2\u00a0h.");
  expect(say("ci_run.finished", { ...check, seconds: null })).toBe("Check scan failed.");
});

it("says what an agent did, as far as it tells", () => {
  const run = { number: 7, agent: "codex", session: null, branch: null, tokens: null };
  expect(say("agent_run.finished", { ...run, model: "gpt-5", outcome: "success", iterations: 4, seconds: 7200 })).toBe(
    "codex with gpt-5 ended its work after 2\u00a0h and 4 rounds.",
  );
  expect(say("agent_run.finished", { ...run, model: null, outcome: "cancelled", iterations: 1, seconds: null })).toBe(
    "codex was stopped after 1 round.",
  );
});

it("says what was released", () => {
  const release = { tag: "v1.2.0", name: null, sha, isPrerelease: false };
  expect(say("release.published", release)).toBe("Release v1.2.0 was published.");
  expect(say("release.published", { ...release, isPrerelease: true })).toBe("Pre-release v1.2.0 was published.");
});
