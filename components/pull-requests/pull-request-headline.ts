import type { AuthorKind } from "@/lib/core/dimensions";
import { formatDate, formatHours, formatList } from "@/lib/core/format";
import type { PullRequestDetail } from "@/lib/metrics/explorer/types";
import { changeName, takenBackBy } from "./rollback-sentence";

type Told = Pick<PullRequestDetail, "authorKind" | "agents" | "rollbacks" | "reverts">;

/**
 * A pull request in one or two sentences: who wrote it and what became of it.
 * @param asOf the end of the repository's data: until when nothing is known to have come back
 */
export function pullRequestHeadline(pullRequest: Told, asOf: string | null, timeZone: string): string {
  const sentence = `${authorOf(pullRequest)}, ${outcomeOf(pullRequest, asOf, timeZone)}.`;
  const acts = pullRequest.reverts.flatMap((item) => actOf(item));
  return acts.length === 0 ? sentence : `${sentence} It ${formatList(acts)}.`;
}

const WITHOUT_NAME: Record<AuthorKind, string> = {
  agent: "Written by an agent that no rule could name",
  assisted: "Written with an agent that no rule could name",
  human: "No agent left a mark on it",
  automation: "Opened by automation",
};

function authorOf({ authorKind, agents }: Told): string {
  if (agents.length === 0) return WITHOUT_NAME[authorKind];
  const names = formatList(agents.map(({ name }) => name));
  return authorKind === "agent" ? `Written by ${names}` : `Written with ${names}`;
}

function outcomeOf({ rollbacks }: Told, asOf: string | null, timeZone: string): string {
  const counted = rollbacks.find((item) => item.counts);
  if (counted !== undefined) {
    const after = counted.hours === null ? "" : ` after ${formatHours(counted.hours)}`;
    const again = counted.relandedBy === null ? "" : `, landed again in ${changeName(counted.relandedBy)}`;
    return `rolled back${after} ${takenBackBy(counted)}${again}`;
  }
  if (rollbacks.some(({ kind }) => kind === "ambiguous"))
    return "perhaps rolled back: an older version was deployed, and which pull request was meant is not known";
  const partial = rollbacks.find((item) => item.kind === "partial" || item.kind === "embedded");
  if (partial !== undefined) return `partly taken back by ${changeName(partial.revert)}, which counts as rework`;
  const silent = rollbacks.find((item) => item.kind === "undeclared");
  if (silent !== undefined)
    return `undone by ${changeName(silent.revert)} without saying so, which the rates leave out`;
  return asOf === null ? "not rolled back" : `not rolled back as of ${formatDate(asOf, timeZone)}`;
}

function actOf(item: PullRequestDetail["reverts"][number]): string[] {
  if (item.pullRequest === null) return ["takes something back that could not be found"];
  const target = item.pullRequest.number === null ? "a direct push" : `#${item.pullRequest.number}`;
  if (item.kind === "reland") return [`lands again what ${target} took back`];
  return [item.kind === "partial" || item.kind === "embedded" ? `takes back part of ${target}` : `reverts ${target}`];
}
