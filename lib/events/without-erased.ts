import { type Erased, eraseIdentities } from "@/lib/core/erase-identities";
import { loadErased } from "@/lib/db/erased-identities";
import type { PoolClient } from "@/lib/db/pool";
import type { FleetEvent } from "./schema";

/** Passes events on, with pseudonyms in the place of people whose data was erased. */
export async function* withoutErased(
  client: PoolClient,
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): AsyncGenerator<FleetEvent[]> {
  const organizations = new Map<number, Erased | null>();
  for await (const batch of batches) {
    for (const { orgId } of batch) {
      if (!organizations.has(orgId)) organizations.set(orgId, await loadErased(client, orgId));
    }
    yield [...organizations.values()].every((erased) => erased === null)
      ? batch
      : batch.map((event) => {
          const erased = organizations.get(event.orgId) ?? null;
          if (erased === null) return event;
          const { actor, payload } = event;
          return {
            ...event,
            actor: eraseIdentities(actor, erased),
            payload: eraseIdentities(payload, erased),
          } as FleetEvent;
        });
  }
}
