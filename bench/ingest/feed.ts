import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";

/** Transactions that append at the same time. */
const APPENDERS = 4;

/**
 * Appends deliveries while they are projected; ends when all of them are projected.
 * @param together deliveries of one transaction
 */
export async function feed(deliveries: readonly FleetEvent[][], together: number): Promise<void> {
  const transactions = Array.from({ length: Math.ceil(deliveries.length / together) }, (_, index) =>
    deliveries.slice(index * together, (index + 1) * together),
  );
  const queue = transactions.values();
  let appending = APPENDERS;
  let appended = () => {};
  const append = async () => {
    try {
      for (const batches of queue) {
        await withTransaction((client) => appendEvents(client, batches));
        appended();
      }
    } finally {
      appending -= 1;
      appended();
    }
  };
  const project = async () => {
    for (;;) {
      const last = appending === 0;
      const more = new Promise<void>((resolve) => {
        appended = resolve;
      });
      await projectPending();
      if (last) return;
      await more;
    }
  };
  await Promise.all([project(), ...Array.from({ length: APPENDERS }, append)]);
}
