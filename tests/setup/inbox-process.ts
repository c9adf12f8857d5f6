import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { createPool, setPool } from "@/lib/db/pool";
import { createInboxWriter } from "@/lib/events/inbox/inbox-writer";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";

// A process of its own for tests: node --import tsx inbox-process.ts <url>. It stores deliveries until it is killed and
// writes the id of each one that was acknowledged, a line per id.
const [url = ""] = process.argv.slice(2);
setPool(createPool(url, "fleetgauge-test"));
const writer = createInboxWriter((deliveries) => insertDeliveries(deliveries), { maxBatch: 16 });

async function storeForEver(worker: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const deliveryId = `${worker}-${count}`;
    await writer.store({
      source: "test",
      deliveryId,
      event: "push",
      action: null,
      headers: {},
      body: randomBytes(200 + worker * 100),
    });
    writeSync(1, `${deliveryId}\n`);
    await turn();
  }
}

await Promise.all(Array.from({ length: 40 }, (_, worker) => storeForEver(worker)));
