import type { z } from "zod";
import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { repositorySubject } from "@/lib/events/schema";
import { codeScanningAlertsSchema, dependabotAlertsSchema, secretScanningAlertsSchema } from "./activity-answers";
import type { Budget, GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import { eventBase, type MapContext, toInstant } from "./map-context";
import type { RepositoryName } from "./page";

/** Kinds of alerts, in the order in which they are read. GraphQL has one of them, and that in part. */
export const ALERT_KINDS = ["code-scanning", "dependabot", "secret-scanning"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

interface Alert {
  number: number;
  at: string;
  title: string;
  severity: string | null;
  /** Somebody looked and said that it is none. */
  falseAlarm: boolean;
  /** When somebody dealt with it; null while it is open. */
  judgedAt: string | null;
}

const PAGE = 100;
const FALSE_ALARMS: ReadonlySet<string> = new Set([
  "false positive",
  "false_positive",
  "inaccurate",
  "used in tests",
  "used_in_tests",
]);
const isFalse = (reason: string | null | undefined): boolean => reason != null && FALSE_ALARMS.has(reason);

/** What became of an alert: somebody dismissed it for a reason, or mended it. */
function outcomeOf(
  reason: string | null | undefined,
  { closedAt, fixedAt }: { closedAt: string | null | undefined; fixedAt?: string | null | undefined },
): Pick<Alert, "falseAlarm" | "judgedAt"> {
  return { falseAlarm: isFalse(reason), judgedAt: closedAt ?? fixedAt ?? null };
}

const READ: Readonly<Record<AlertKind, z.ZodType<Alert[]>>> = {
  "code-scanning": codeScanningAlertsSchema.transform((alerts) =>
    alerts.map(
      ({ created_at: at, dismissed_at: dismissed, dismissed_reason: reason, fixed_at: fixed, number, rule }) => ({
        number,
        at,
        title: rule.description ?? rule.name ?? "A finding of code scanning",
        severity: rule.security_severity_level ?? null,
        ...outcomeOf(reason, { closedAt: dismissed, fixedAt: fixed }),
      }),
    ),
  ),
  dependabot: dependabotAlertsSchema.transform((alerts) =>
    alerts.map(({ created_at: at, dismissed_at: dismissed, dismissed_reason: reason, fixed_at: fixed, ...alert }) => ({
      number: alert.number,
      at,
      title: alert.security_advisory.summary,
      severity: alert.security_advisory.severity,
      ...outcomeOf(reason, { closedAt: dismissed, fixedAt: fixed }),
    })),
  ),
  "secret-scanning": secretScanningAlertsSchema.transform((alerts) =>
    alerts.map(({ created_at: at, number, resolution, resolved_at: resolved, secret_type_display_name: type }) => ({
      number,
      at,
      title: `${type ?? "A secret"} in the code`,
      severity: "critical",
      ...outcomeOf(resolution, { closedAt: resolved }),
    })),
  ),
};

/** Where a list goes on: Dependabot's by a cursor, the others by pages. */
export interface AlertPage {
  alerts: Alert[];
  next: { page: number; after: string | null } | null;
  budget: Budget | null;
  ms: number;
}

/**
 * A page of a repository's alerts of one kind; none where the feature is off or may not be read, which GitHub answers alike.
 * @throws {GitHubFailure}
 */
export async function fetchAlerts(
  client: GitHubClient,
  { name, owner }: RepositoryName,
  kind: AlertKind,
  { after, page }: { page: number; after: string | null },
): Promise<AlertPage> {
  try {
    const { budget, data, hasNext, ms, nextCursor } = await client.rest(
      `GET /repos/{owner}/{repo}/${kind}/alerts`,
      { owner, repo: name, per_page: PAGE, ...(kind === "dependabot" ? after !== null && { after } : { page }) },
      READ[kind],
    );
    const next = hasNext ? { page: page + 1, after: nextCursor } : null;
    return { alerts: data, next: kind === "dependabot" && nextCursor === null ? null : next, budget, ms };
  } catch (error) {
    const reason = error instanceof GitHubFailure ? error.reason.kind : null;
    if (reason !== "forbidden" && reason !== "not_found") throw error;
    return { alerts: [], next: null, budget: null, ms: 0 };
  }
}

const SEVERITY: Readonly<Record<string, PayloadOf<"defect.opened">["severity"]>> = {
  critical: "critical",
  high: "high",
  medium: "medium",
  moderate: "medium",
  low: "low",
};

const TOOL: Readonly<Record<AlertKind, string>> = {
  "code-scanning": "GitHub code scanning",
  dependabot: "Dependabot",
  "secret-scanning": "GitHub secret scanning",
};

/** An alert as a security defect, unless somebody said that it is none, and what was said of it. */
export function mapAlert(context: MapContext, kind: AlertKind, alert: Alert): FleetEvent[] {
  const name = `${kind}:${context.repo}#${alert.number}`;
  const { falseAlarm, judgedAt } = alert;
  const verdict: FleetEvent[] =
    judgedAt === null
      ? []
      : [
          {
            ...eventBase(context, `alert:${name}:judged:${judgedAt}`),
            kind: "finding.judged",
            subject: repositorySubject(context.repo),
            occurredAt: toInstant(judgedAt),
            actor: null,
            payload: { finding: `github:${name}`, tool: TOOL[kind], isFalse: falseAlarm },
          },
        ];
  if (falseAlarm) return verdict;
  return [
    ...verdict,
    {
      ...eventBase(context, `alert:${name}`),
      kind: "defect.opened",
      subject: repositorySubject(context.repo),
      occurredAt: toInstant(alert.at),
      actor: null,
      payload: {
        defect: `github:${name}`,
        title: alert.title,
        severity: SEVERITY[alert.severity ?? ""] ?? "medium",
        security: true,
        causedByNumber: null,
      },
    },
  ];
}
