import { createHash } from "node:crypto";
import { type Actor, type FleetEvent, type PayloadOf, pullRequestSubject } from "@/lib/events/schema";
import type { ApiIssue } from "./activity-answers";
import { mapActor } from "./map-actor";
import { eventBase, type MapContext, stateId, toInstant } from "./map-context";

type Linked = PayloadOf<"pull_request.issue_linked">;
const DIGEST_LENGTH = 20;

const keyOf = ({ id, login }: Actor): string => id ?? login ?? "";

/** Who is assigned after all that was read, with who did it last. */
function assignedOf({ timelineItems }: ApiIssue): Linked["assigned"] {
  const assigned = new Map<string, Linked["assigned"][number]>();
  for (const item of timelineItems.nodes ?? []) {
    if (item === null || item.__typename === "LabeledEvent") continue;
    const assignee = mapActor(item.assignee);
    if (assignee === null) continue;
    assigned.delete(keyOf(assignee));
    if (item.__typename === "AssignedEvent") assigned.set(keyOf(assignee), { assignee, by: mapActor(item.actor) });
  }
  return [...assigned.values()];
}

/** The labels that it has, with who put them there last. */
function labelledOf({ labels, timelineItems }: ApiIssue): Linked["labelled"] {
  const by = new Map<string, Actor | null>();
  for (const item of timelineItems.nodes ?? []) {
    if (item?.__typename === "LabeledEvent") by.set(item.label.name, mapActor(item.actor));
  }
  const names = (labels?.nodes ?? []).flatMap((label) => label?.name ?? []);
  return names.sort().flatMap((label) => (by.has(label) ? [{ label, by: by.get(label) ?? null }] : []));
}

/**
 * What an issue says of who had the pull requests made that close it, one event for each of them in the same repository.
 * Nothing of an issue that nobody was assigned to and nobody labelled.
 */
export function mapIssueLinks(context: MapContext, issue: ApiIssue, repositoryId: string): FleetEvent[] {
  const [assigned, labelled] = [assignedOf(issue), labelledOf(issue)];
  if (assigned.length === 0 && labelled.length === 0) return [];
  const digest = createHash("sha256")
    .update(JSON.stringify([assigned, labelled]))
    .digest("hex")
    .slice(0, DIGEST_LENGTH);
  const numbers = (issue.closedByPullRequestsReferences?.nodes ?? []).flatMap((pull) =>
    pull?.repository.id === repositoryId ? [pull.number] : [],
  );
  return numbers.map((number) => ({
    ...eventBase(context, stateId("issue_linked", `${issue.id}@${number}`, digest, issue.updatedAt)),
    kind: "pull_request.issue_linked",
    subject: pullRequestSubject(context.repo, number),
    occurredAt: toInstant(issue.createdAt),
    actor: mapActor(issue.author),
    payload: { number, issue: issue.number, assigned, labelled, updatedAt: toInstant(issue.updatedAt) },
  }));
}
