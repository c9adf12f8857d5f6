import type { FleetEvent } from "@/lib/events/schema";

const BATCH = 1_000;

/** Groups events into lists of about a thousand, never between two of one subject, and tells how many there were. */
export function* inBatches(
  events: Iterable<FleetEvent>,
  onCount: (done: number) => void = () => {},
): Generator<FleetEvent[]> {
  let batch: FleetEvent[] = [];
  let done = 0;
  for (const event of events) {
    if (batch.length >= BATCH && event.subject !== batch.at(-1)?.subject) {
      yield batch;
      done += batch.length;
      onCount(done);
      batch = [];
    }
    batch.push(event);
  }
  if (batch.length === 0) return;
  yield batch;
  onCount(done + batch.length);
}
