import type { Actor, FleetEvent } from "@/lib/events/schema";
import { iso } from "@/prisma/seed/calendar";
import { OWNER } from "./company";

type Envelope = Pick<FleetEvent, "id" | "orgId" | "source" | "repo" | "occurredAt" | "subject" | "actor">;
export type MakeEnvelope = (id: string, at: number, subject: string, actor?: Actor | null) => Envelope;

/** Makes the fields that every event has, for one repository or, with null, for the organisation. */
export function envelopes(orgId: number, repo: string | null): MakeEnvelope {
  const scope = repo === null ? OWNER : `${OWNER}/${repo}`;
  return (id, at, subject, actor = null) => ({
    id: `bench:${scope}:${id}`,
    orgId,
    source: "bench",
    repo,
    occurredAt: iso(at),
    subject,
    actor,
  });
}
