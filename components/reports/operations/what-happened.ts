import { formatHours, formatList, formatQuantity } from "@/lib/core/format";
import type { OperationItem } from "@/lib/metrics/explorer/types";

const hoursBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;

/** How long something lasted, in words; what has no end yet is not over. */
const lasting = (from: string, to: string | null): string =>
  to === null ? "not over yet" : `over after ${formatHours(hoursBetween(from, to))}`;

/** What became of a deployment, or of an incident, in one sentence with what it rests on. */
export function whatHappened({ at, failure, kind, resolvedAt, succeeded }: OperationItem): string {
  if (kind === "incident") return `Incident, ${lasting(at, resolvedAt)}`;
  const did = { change: "Deployed", hotfix: "Hotfix", rollback: "Went back to this version" }[kind];
  const up = succeeded === false ? `${did}, but did not come up` : did;
  if (failure === null) return up;
  const causes = [
    ...(failure.incidents.length === 0
      ? []
      : [`${failure.incidents.length === 1 ? "incident" : "incidents"} ${formatList(failure.incidents)}`]),
    ...(failure.rolledBackAt === null
      ? []
      : [`taken back ${formatHours(hoursBetween(at, failure.rolledBackAt))} later`]),
  ];
  return `${up}; failed: ${causes.join(", ")}; ${lasting(failure.startedAt, failure.restoredAt)}`;
}

/** How many more pull requests there are than those that are named. */
export function furtherPullRequests({ pullRequestCount }: OperationItem, named: number): string | null {
  const more = pullRequestCount - named;
  return more <= 0 ? null : `and ${formatQuantity(more, "more", "more")}`;
}
