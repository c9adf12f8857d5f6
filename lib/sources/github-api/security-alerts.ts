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

const READ: Readonly<Record<AlertKind, z.ZodType<Alert[]>>> = {
  "code-scanning": codeScanningAlertsSchema.transform((alerts) =>
    alerts.map(({ created_at: at, dismissed_reason: reason, number, rule }) => ({
      number,
      at,
      title: rule.description ?? rule.name ?? "A finding of code scanning",
      severity: rule.security_severity_level ?? null,
      falseAlarm: isFalse(reason),
    })),
  ),
  dependabot: dependabotAlertsSchema.transform((alerts) =>
    alerts.map(({ created_at: at, dismissed_reason: reason, number, security_advisory: advisory }) => ({
      number,
      at,
      title: advisory.summary,
      severity: advisory.severity,
      falseAlarm: isFalse(reason),
    })),
  ),
  "secret-scanning": secretScanningAlertsSchema.transform((alerts) =>
    alerts.map(({ created_at: at, number, resolution, secret_type_display_name: type }) => ({
      number,
      at,
      title: `${type ?? "A secret"} in the code`,
      severity: "critical",
      falseAlarm: isFalse(resolution),
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

/** An alert as a security defect, unless somebody said that it is none. */
export function mapAlert(context: MapContext, kind: AlertKind, alert: Alert): FleetEvent[] {
  if (alert.falseAlarm) return [];
  const name = `${kind}:${context.repo}#${alert.number}`;
  return [
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
