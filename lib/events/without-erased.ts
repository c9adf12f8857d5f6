import { type Erased, eraseIdentities } from "@/lib/core/erase-identities";
import { loadErased } from "@/lib/db/erased-identities";
import type { PoolClient } from "@/lib/db/pool";
import type { FleetEvent } from "./schema";

/** Who was erased, by organisation, as far as it was asked. */
type ErasedPeople = Map<number, Erased | null>;

/** Some events with pseudonyms in the place of people whose data was erased. @param known is filled as it is asked */
export async function eventsWithoutErased(
  client: PoolClient,
  events: readonly FleetEvent[],
  known: ErasedPeople = new Map(),
): Promise<FleetEvent[]> {
  for (const { orgId } of events) {
    if (!known.has(orgId)) known.set(orgId, await loadErased(client, orgId));
  }
  return events.map((event) => {
    const erased = known.get(event.orgId) ?? null;
    if (erased === null) return event;
    const { actor, payload } = event;
    return {
      ...event,
      actor: eraseIdentities(actor, erased),
      payload: eraseIdentities(payload, erased),
    } as FleetEvent;
  });
}

/** Passes events on, with pseudonyms in the place of people whose data was erased. */
export async function* withoutErased(
  client: PoolClient,
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): AsyncGenerator<FleetEvent[]> {
  const known: ErasedPeople = new Map();
  for await (const batch of batches) yield await eventsWithoutErased(client, batch, known);
}
