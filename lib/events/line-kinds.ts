import type { FleetEventKind, PayloadOf } from "./schema";

/** What the projection of a repository's line reads. */
export const LINE_KINDS = [
  "repository.observed",
  "commit.landed",
  "codeowners.changed",
  "pull_request.merged",
  "pull_request.commit",
  "pull_request.issue_linked",
] as const satisfies readonly FleetEventKind[];

/** Of these, what the projection of activity hears of too. */
export const SHARED_KINDS = [
  "pull_request.merged",
  "pull_request.commit",
  "pull_request.issue_linked",
] as const satisfies readonly LineKind[];

type LineKind = (typeof LINE_KINDS)[number];

/** An event of the line as the log holds it. */
export type LineEvent = {
  [Kind in LineKind]: { id: string; at: Date; kind: Kind; payload: PayloadOf<Kind> };
}[LineKind];
