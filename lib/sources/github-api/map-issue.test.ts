import { describe, expect, it } from "vitest";
import type { ApiIssue } from "./activity-answers";
import { mapIssue } from "./map-issue";
import { mapAlert } from "./security-alerts";

const CONTEXT = { orgId: 1, repo: "web" };
const issue = (labels: string[], more: Partial<ApiIssue> = {}): ApiIssue => ({
  id: "I_1",
  number: 7,
  title: "It is broken",
  body: "",
  createdAt: "2026-03-02T09:00:00Z",
  updatedAt: "2026-03-02T09:00:00Z",
  closedAt: null,
  stateReason: null,
  author: null,
  labels: { nodes: labels.map((name) => ({ name })) },
  timelineItems: { nodes: [] },
  closedByPullRequestsReferences: null,
  ...more,
});
const mapped = (...args: Parameters<typeof issue>) => mapIssue(CONTEXT, issue(...args));

describe("an issue", () => {
  it.each(["bug", "Bug", "kind/bug", "type: bug", "T-bug", "regression", "defect"])(
    "labelled %s is a defect",
    (label) => {
      expect(mapped([label])).toMatchObject([
        { kind: "defect.opened", payload: { defect: "github:web#7", severity: "medium", security: false } },
      ]);
    },
  );

  it.each([["enhancement"], ["debugging"], ["bugfix-wanted"], ["not a bug"]])(
    "labelled %s says nothing that is counted",
    (label) => {
      expect(mapped([label])).toEqual([]);
    },
  );

  it("that was no bug after all is none", () => {
    expect(mapped(["bug"], { stateReason: "DUPLICATE", closedAt: "2026-03-03T09:00:00Z" })).toEqual([]);
    expect(mapped(["bug"], { stateReason: "COMPLETED", closedAt: "2026-03-03T09:00:00Z" })).toHaveLength(1);
  });

  it.each([
    ["P0", "critical"],
    ["priority: 1", "critical"],
    ["sev2", "high"],
    ["severity/high", "high"],
    ["p3", "medium"],
    ["minor", "low"],
    ["follow-up", "medium"],
  ])("labelled %s besides is %s", (label, severity) => {
    expect(mapped(["bug", label])[0]?.payload).toMatchObject({ severity });
  });

  it.each([
    ["found-in:review", true],
    ["found-in: CI", true],
    ["found-in/staging", true],
    ["found-in:production", undefined],
    ["review", undefined],
  ])("labelled %s besides was found before the merge: %s", (label, beforeMerge) => {
    const payload = mapped(["bug", label])[0]?.payload;
    expect(payload !== undefined && "beforeMerge" in payload ? payload.beforeMerge : undefined).toBe(beforeMerge);
  });

  it("names what caused it in words that say so, and no other number", () => {
    const causeOf = (body: string) =>
      mapped(["bug"], { body }).flatMap(({ payload }) =>
        "causedByNumber" in payload ? payload.causedByNumber : [],
      )[0];
    expect(causeOf("Since yesterday. Caused by #123, I think")).toBe(123);
    expect(causeOf("regression from PR #9")).toBe(9);
    expect(causeOf("Introduced in acme/web#77.")).toBe(77);
    expect(causeOf("See #123, and fixed by #124")).toBeNull();
    expect(causeOf("caused by #0")).toBeNull();
  });

  it("that is an incident ends when it is closed, each time", () => {
    const opened = mapped(["incident", "sev1"], { body: "broken by #5" });
    expect(opened).toMatchObject([
      { kind: "incident.opened", payload: { incident: "github:web#7", severity: "sev1", causedByNumber: 5 } },
    ]);
    const closed = mapped(["incident", "sev1"], { closedAt: "2026-03-02T11:00:00Z" });
    expect(closed[1]).toMatchObject({
      kind: "incident.resolved",
      occurredAt: "2026-03-02T11:00:00.000Z",
      payload: { incident: "github:web#7" },
    });
  });
});

describe("an alert about security", () => {
  const alert = {
    number: 3,
    at: "2026-03-02T09:00:00Z",
    title: "SQL injection",
    severity: "high",
    falseAlarm: false,
    judgedAt: null,
  };

  it("is a security defect", () => {
    expect(mapAlert(CONTEXT, "code-scanning", alert)).toMatchObject([
      { kind: "defect.opened", payload: { defect: "github:code-scanning:web#3", severity: "high", security: true } },
    ]);
    expect(mapAlert(CONTEXT, "dependabot", { ...alert, severity: null })[0]?.payload).toMatchObject({
      severity: "medium",
    });
  });

  it("is none where somebody said so", () => {
    expect(mapAlert(CONTEXT, "code-scanning", { ...alert, falseAlarm: true })).toEqual([]);
  });

  it("tells what somebody said of it, when they did", () => {
    const at = "2026-03-05T10:00:00Z";
    const judged = (isFalse: boolean) => ({
      kind: "finding.judged",
      occurredAt: "2026-03-05T10:00:00.000Z",
      payload: { finding: "github:code-scanning:web#3", tool: "GitHub code scanning", isFalse },
    });
    expect(mapAlert(CONTEXT, "code-scanning", { ...alert, falseAlarm: true, judgedAt: at })).toMatchObject([
      judged(true),
    ]);
    expect(mapAlert(CONTEXT, "code-scanning", { ...alert, judgedAt: at })).toMatchObject([
      judged(false),
      { kind: "defect.opened" },
    ]);
  });
});
