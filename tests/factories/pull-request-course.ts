import { createHash } from "node:crypto";
import type { Actor, FleetEvent, PayloadOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { person } from "./activity";
import { CLAUDE_TRAILER, HistoryFactory } from "./history";

const sha = (text: string): string => createHash("sha1").update(text).digest("hex");

/** One pull request of the repository `app`; what is left out did not happen. Times are instants. */
export interface CourseSpec {
  number: number;
  mergedAt?: string;
  closedAt?: string;
  closedBy?: Actor;
  opened?: { at: string; draft?: boolean; author?: Actor } | null;
  ready?: string;
  /** Lines of the change that landed. */
  lines?: number;
  labels?: string[];
  /** Of the commit that landed; `Change 7` where it is left out. */
  title?: string;
  /** Issues that it closes, and their labels. */
  issues?: { issue: number; labels: string[]; updatedAt?: string }[];
  mergedBy?: Actor | null;
  autoMerge?: { at: string; by: Actor };
  queued?: { at: string; by: Actor };
  /** By an agent unless `human`; `written` is when it was, where that differs from when it was committed. */
  commits?: { at: string; written?: string; lines?: number | null; human?: boolean; isMerge?: boolean }[];
  reviews?: { at: string; by?: Actor; state?: PayloadOf<"review.submitted">["state"] }[];
  deployedAt?: string;
  defects?: { at: string; security?: boolean; beforeMerge?: boolean }[];
  /** Paths that it changes; one of its own where it is left out. */
  files?: string[];
  /** What checks of CI said of it. */
  checks?: { at: string; name: string; conclusion?: PayloadOf<"ci_run.finished">["conclusion"] }[];
  scans?: { at: string; tool: string; findings: number }[];
  /** Files that it added lines to, and what became of them. */
  churn?: PayloadOf<"code_churn.measured">["files"];
  incidents?: { at: string }[];
}

function eventsOf(orgId: number, spec: CourseSpec): FleetEvent[] {
  const { number } = spec;
  const events: FleetEvent[] = [];
  const add = <Kind extends FleetEvent["kind"]>(
    kind: Kind,
    id: string,
    at: string,
    payload: PayloadOf<Kind>,
    actor: Actor | null = null,
  ) => {
    const base = { id: `test:${number}:${id}`, orgId, source: "test", repo: "app", occurredAt: at, actor };
    events.push({ ...base, subject: pullRequestSubject("app", number), kind, payload } as FleetEvent);
  };
  const opened = spec.opened === undefined ? { at: spec.commits?.[0]?.at ?? spec.mergedAt ?? "" } : spec.opened;
  if (opened !== null) {
    const { at, author = person("ada"), draft = false } = opened;
    add("pull_request.opened", "opened", at, { number, title: "Change", author, headRef: "topic", isDraft: draft });
  }
  if (spec.ready !== undefined) add("pull_request.ready", "ready", spec.ready, { number });
  if (spec.autoMerge !== undefined) {
    add("pull_request.auto_merge", "auto", spec.autoMerge.at, { number, enabled: true }, spec.autoMerge.by);
  }
  if (spec.queued !== undefined) {
    add("pull_request.queued", "queued", spec.queued.at, { number, added: true }, spec.queued.by);
  }
  spec.commits?.forEach(({ at, human = false, isMerge = false, lines = 10, written = at }, position) => {
    const who = { name: "Ada Example", email: "ada@example.com" };
    add("pull_request.commit", `commit:${position}`, at, {
      number,
      sha: sha(`${number} ${position}`),
      position,
      author: { ...who, at: written },
      committer: { ...who, at },
      message: human ? "work" : `work\n\n${CLAUDE_TRAILER}`,
      isMerge,
      additions: lines,
      deletions: lines === null ? null : 0,
    });
  });
  spec.reviews?.forEach(({ at, by = person("grace"), state = "approved" }, index) => {
    add("review.submitted", `review:${index}`, at, { number, reviewer: by, state, comments: 1 });
  });
  if (spec.closedAt !== undefined) {
    const payload = { number, title: "Change", author: opened?.author ?? null };
    add("pull_request.closed", "closed", spec.closedAt, payload, spec.closedBy ?? null);
  }
  if (spec.deployedAt !== undefined) {
    add("deployment.finished", "deployed", spec.deployedAt, {
      service: "app",
      environment: "production",
      sha: sha(`deployment ${number}`),
      status: "success",
      deploymentKind: "change",
      numbers: [number],
    });
  }
  spec.checks?.forEach(({ at, conclusion = "success", name }, index) => {
    const payload = { number, headSha: sha(`${number} head`), check: name, conclusion, seconds: 60 };
    add("ci_run.finished", `check:${index}`, at, payload);
  });
  spec.scans?.forEach(({ at, ...scan }, index) => {
    add("findings.reported", `scan:${index}`, at, { number, ...scan });
  });
  if (spec.churn !== undefined) {
    add("code_churn.measured", "churn", spec.mergedAt ?? "", { number, files: spec.churn });
  }
  spec.defects?.forEach(({ at, beforeMerge, security = false }, index) => {
    const defect = `BUG-${number}-${index}`;
    add("defect.opened", `defect:${index}`, at, {
      defect,
      title: "Wrong",
      severity: "high",
      security,
      causedByNumber: number,
      ...(beforeMerge !== undefined && { beforeMerge }),
    });
  });
  spec.issues?.forEach(({ issue, labels, updatedAt = "2026-01-01T00:00:00Z" }) => {
    add("pull_request.issue_linked", `issue:${issue}:${updatedAt}`, "2026-01-01T00:00:00Z", {
      number,
      issue,
      assigned: [],
      labelled: labels.map((label) => ({ label, by: null })),
      updatedAt,
    });
  });
  spec.incidents?.forEach(({ at }, index) => {
    const incident = `INC-${number}-${index}`;
    add("incident.opened", `incident:${index}`, at, {
      incident,
      title: "Down",
      severity: "sev2",
      service: "app",
      causedByNumber: number,
    });
  });
  return events;
}

/** Everything about some pull requests, and the line that they landed on. */
export function courseEvents(orgId: number, specs: readonly CourseSpec[], completeTo?: string): FleetEvent[] {
  const history = new HistoryFactory(orgId, "app");
  history.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  const merged = specs
    .filter(({ mergedAt }) => mergedAt !== undefined)
    .sort((a, b) => Date.parse(a.mergedAt ?? "") - Date.parse(b.mergedAt ?? ""));
  for (const { files, mergedAt = "", number, title = `Change ${number}` } of merged) {
    history.land({ title, number, at: mergedAt, files: files ?? [`src/${number}.ts`] });
  }
  const byNumber = new Map(specs.map((spec) => [spec.number, spec]));
  const landed = history.events(completeTo).map((event): FleetEvent => {
    if (event.kind === "pull_request.merged") {
      const spec = byNumber.get(event.payload.number);
      return {
        ...event,
        payload: { ...event.payload, labels: spec?.labels ?? [], mergedBy: spec?.mergedBy ?? null },
      };
    }
    const number = event.kind === "commit.landed" ? /\(#(\d+)\)/.exec(event.payload.message)?.[1] : undefined;
    const lines = byNumber.get(Number(number))?.lines;
    if (event.kind !== "commit.landed" || lines === undefined) return event;
    return {
      ...event,
      payload: { ...event.payload, files: event.payload.files?.map((file) => ({ ...file, add: lines })) ?? null },
    };
  });
  return [...landed, ...specs.flatMap((spec) => eventsOf(orgId, spec))];
}
