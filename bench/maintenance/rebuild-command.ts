import path from "node:path";
import { ProductProcess } from "@/bench/scale-out/product-process";
import { HEAP_FLAGS } from "@/lib/core/heap-flags";

/** Runs `fleetgauge rebuild` as a user does, in processes of its own. @throws {AppError} with what it said when it failed */
export async function rebuildByCommand(root: string, databaseUrl: string): Promise<void> {
  const script = path.join(root, "scripts", "fleetgauge.mjs");
  const rebuild = ProductProcess.start("rebuild", root, [...HEAP_FLAGS, script, "rebuild"], {
    DATABASE_URL: databaseUrl,
  });
  await rebuild.finish();
}
