import type { Actor, FleetEvent } from "@/lib/events/schema";
import { iso } from "./calendar";
import type { SampleRepository } from "./company";
import type { Random } from "./random";

/** The fields that every event has, whatever its kind. */
type Envelope = Pick<FleetEvent, "id" | "orgId" | "source" | "repo" | "occurredAt" | "subject" | "actor">;

/** Makes envelopes of one repository, or of the organisation when `repo` is null. Ids are made from what the event is about. */
export function envelopes(orgId: number, repo: string | null) {
  return (id: string, at: number, subject: string, actor: Actor | null): Envelope => ({
    id: `sample:${repo ?? "organization"}:${id}`,
    orgId,
    source: "sample",
    repo,
    occurredAt: iso(at),
    subject,
    actor,
  });
}
export type MakeEnvelope = ReturnType<typeof envelopes>;

/** What every part of a repository's history is written with. */
export interface RepositoryContext {
  repository: SampleRepository;
  envelope: MakeEnvelope;
  random: Random;
}
