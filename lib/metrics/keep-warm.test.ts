import { createServer } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { openFacts } from "./columns/store";
import { keepFactsWarm } from "./keep-warm";

afterEach(async () => {
  vi.useRealTimers();
  await closePool();
});

it("survives a database that is away, and asks again while nobody else does", async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  setPool(createPool(`postgresql://nobody:nothing@127.0.0.1:${address.port}/nowhere`, "fleetgauge-test"));
  vi.useFakeTimers({ toFake: ["setInterval"] });
  keepFactsWarm();
  await vi.waitFor(() => expect(connections).toBeGreaterThan(0));
  await expect(openFacts(SYSTEM_SCOPE)).rejects.toThrow();
  const before = connections;
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  await vi.waitFor(() => expect(connections).toBeGreaterThan(before));
  await new Promise((resolve) => server.close(resolve));
});
