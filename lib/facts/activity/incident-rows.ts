import { INCIDENT_SEVERITY_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const INCIDENT_COLUMNS = [
  "org_id",
  "id",
  "opened_at",
  "resolved_at",
  "repo_id",
  "caused_by_number",
  "severity",
  "incident",
  "service",
] as const;

/** What an opening says of its incident, as a row of `fact_incident` that others fold into. */
export function incidentOpenedRow(event: FleetEventOf<"incident.opened">, repoId: number | null): readonly CopyValue[] {
  const { incident, severity, service, causedByNumber } = event.payload;
  return [
    event.orgId,
    rowIdOf(incident),
    event.occurredAt,
    null,
    repoId,
    causedByNumber,
    INCIDENT_SEVERITY_CODE[severity],
    incident,
    service,
  ];
}

/** What a resolution says of its incident, as a row of `fact_incident` that others fold into. */
export function incidentResolvedRow(event: FleetEventOf<"incident.resolved">): readonly CopyValue[] {
  const { incident } = event.payload;
  return [event.orgId, rowIdOf(incident), null, event.occurredAt, null, null, null, incident, null];
}
