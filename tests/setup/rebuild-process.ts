import { closePool, createPool, setPool } from "@/lib/db/pool";
import { rebuildFacts } from "@/lib/facts/project";

// A process of its own for tests, to be killed in the middle: node --import tsx rebuild-process.ts <url>
const [url = ""] = process.argv.slice(2);
setPool(createPool(url, "fleetgauge-rebuild"));
await rebuildFacts({
  onProgress: () => {
    process.stdout.write("in the middle\n");
    // Holds the process where it is, with its transactions open, until it is killed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  },
});
await closePool();
