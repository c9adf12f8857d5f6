import { bareLabel, saysDefect } from "@/lib/core/issue-kind";
import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { repositorySubject } from "@/lib/events/schema";
import type { ApiIssue } from "./activity-answers";
import { mapActor } from "./map-actor";
import { eventBase, type MapContext, toInstant } from "./map-context";

type DefectSeverity = PayloadOf<"defect.opened">["severity"];
type IncidentSeverity = PayloadOf<"incident.opened">["severity"];

const INCIDENT = /^(?:incident|outage|post-?mortem)$/i;
const SECURITY = /^(?:security|vulnerability)$/i;
/** Where it was found: by review, checks or tests of what was not merged yet. */
const BEFORE_MERGE = /^found[- ]in\W+(?:review|ci|tests?|testing|qa|staging)$/i;
/** GitHub's reasons of an issue that was none. */
const NO_DEFECT: ReadonlySet<string> = new Set(["NOT_PLANNED", "DUPLICATE"]);

const SEVERITIES: readonly { words: RegExp; defect: DefectSeverity; incident: IncidentSeverity }[] = [
  { words: /^(?:sev|severity|s|p|prio|priority)\W*[01]$|critical|blocker/i, defect: "critical", incident: "sev1" },
  { words: /^(?:sev|severity|s|p|prio|priority)\W*2$|\b(?:high|major)\b/i, defect: "high", incident: "sev2" },
  { words: /^(?:sev|severity|s|p|prio|priority)\W*3$|\b(?:medium|moderate)\b/i, defect: "medium", incident: "sev3" },
  { words: /^(?:sev|severity|s|p|prio|priority)\W*[45]$|\b(?:low|minor|trivial)\b/i, defect: "low", incident: "sev4" },
];

/** Somebody says which pull request it came from; being mentioned is no cause. */
const CAUSE =
  /\b(?:caused by|introduced (?:by|in)|regressed (?:by|in|since)|regression (?:from|in|of|since)|broken by)\s+(?:pr\s+|pull request\s+)?(?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/i;

const labelsOf = ({ labels }: ApiIssue): string[] =>
  (labels?.nodes ?? []).flatMap((label) => (label === null ? [] : [label.name]));

/**
 * An issue that says by its labels that it is a bug or an incident; others say nothing that is counted. One that
 * was closed as a duplicate, or as nothing that will be done, is no bug.
 */
export function mapIssue(context: MapContext, issue: ApiIssue): FleetEvent[] {
  const labels = labelsOf(issue);
  const bare = labels.map(bareLabel);
  const has = (words: RegExp) => bare.some((label) => words.test(label));
  const severity = SEVERITIES.find(({ words }) => labels.some((label) => words.test(label)));
  const cause = CAUSE.exec(issue.body)?.[1];
  const causedByNumber = cause === undefined || Number(cause) === 0 ? null : Number(cause);
  const base = (what: string, at: string) => ({
    ...eventBase(context, `issue:${issue.id}:${what}`),
    subject: repositorySubject(context.repo),
    occurredAt: toInstant(at),
    actor: mapActor(issue.author),
  });
  if (has(INCIDENT)) {
    const incident = `github:${context.repo}#${issue.number}`;
    const opened: FleetEvent = {
      ...base("incident", issue.createdAt),
      kind: "incident.opened",
      payload: {
        incident,
        title: issue.title,
        severity: severity?.incident ?? "sev3",
        service: context.repo,
        causedByNumber,
      },
    };
    if (issue.closedAt === null) return [opened];
    return [
      opened,
      {
        ...base(`resolved:${toInstant(issue.closedAt)}`, issue.closedAt),
        kind: "incident.resolved",
        payload: { incident },
      },
    ];
  }
  if (!saysDefect(labels) || NO_DEFECT.has(issue.stateReason ?? "")) return [];
  return [
    {
      ...base("defect", issue.createdAt),
      kind: "defect.opened",
      payload: {
        defect: `github:${context.repo}#${issue.number}`,
        title: issue.title,
        severity: severity?.defect ?? "medium",
        security: has(SECURITY),
        causedByNumber,
        ...(labels.some((label) => BEFORE_MERGE.test(label)) && { beforeMerge: true }),
      },
    },
  ];
}
