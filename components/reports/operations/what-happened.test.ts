import { expect, it } from "vitest";
import type { OperationItem } from "@/lib/metrics/explorer/types";
import { furtherPullRequests, whatHappened } from "./what-happened";

const item = (more: Partial<OperationItem> = {}): OperationItem => ({
  id: "1",
  org: "acme",
  repo: "acme/app",
  isSample: false,
  kind: "change",
  name: "a".repeat(40),
  service: "app",
  at: "2026-03-02T10:00:00.000Z",
  succeeded: true,
  failure: null,
  resolvedAt: null,
  pullRequests: [],
  pullRequestCount: 0,
  ...more,
});
const failure = {
  startedAt: "2026-03-02T10:00:00.000Z",
  restoredAt: "2026-03-02T12:30:00.000Z",
  incidents: [],
  rolledBackAt: "2026-03-02T12:30:00.000Z",
};
const said = (more: Partial<OperationItem>) => whatHappened(item(more)).replaceAll("\u00a0", " ");

it("says what was deployed and what became of it", () => {
  expect(said({})).toBe("Deployed");
  expect(said({ kind: "hotfix", succeeded: false })).toBe("Hotfix, but did not come up");
  expect(said({ kind: "rollback" })).toBe("Went back to this version");
  expect(said({ failure })).toBe("Deployed; failed: taken back 2 h 30 m later; over after 2 h 30 m");
});

it("names the incidents that a failure rests on, and says what is not over", () => {
  const open = { ...failure, restoredAt: null, incidents: ["INC-1", "INC-2"], rolledBackAt: null };
  expect(said({ failure: open })).toBe("Deployed; failed: incidents INC-1 and INC-2; not over yet");
  expect(said({ failure: { ...failure, incidents: ["INC-1"] } })).toContain(
    "incident INC-1, taken back 2 h 30 m later",
  );
});

it("says how long an incident lasted", () => {
  expect(said({ kind: "incident" })).toBe("Incident, not over yet");
  expect(said({ kind: "incident", resolvedAt: "2026-03-02T11:00:00.000Z" })).toBe("Incident, over after 1 h");
});

it("counts the pull requests that are not named", () => {
  expect(furtherPullRequests(item({ pullRequestCount: 3 }), 3)).toBeNull();
  expect(furtherPullRequests(item({ pullRequestCount: 25 }), 3)?.replaceAll("\u00a0", " ")).toBe("and 22 more");
});
