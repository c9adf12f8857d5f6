import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { syncConnection } from "@/lib/ingest/github/sync";
import { ConnectionLocks } from "@/lib/ingest/github/sync-lock";
import { GitHubClient } from "@/lib/sources/github-api/client";

// A process of its own that reads from the test GitHub, to be killed at any moment. Waiting is telling the parent to move
// the clock, which it shares with the test GitHub.
const { apiUrl, at, connectionId, token, url } = JSON.parse(process.argv[2] ?? "{}") as {
  url: string;
  apiUrl: string;
  token: string;
  connectionId: number;
  /** Where the clock stands. */
  at: number;
};

let time = at;
const now = () => new Date(time);
const tell = (message: object) => process.send?.(message);

setPool(createPool(url, "fleetgauge-chaos"));
const locks = await ConnectionLocks.open();
const client = new GitHubClient({
  apiUrl,
  token: async () => token,
  fetch: createEgressFetch({ allowHosts: ["127.0.0.1"] }),
  now,
});
const free = await locks.take(connectionId);
if (free) {
  await syncConnection(connectionId, {
    client,
    now,
    sleep: async (ms) => {
      time += ms;
      tell({ kind: "wait", ms });
    },
    onStep: () => tell({ kind: "answer" }),
  });
}
locks.close();
await closePool();
tell({ kind: free ? "done" : "busy" });
process.disconnect?.();
