import { collectDefaultMetrics, Registry } from "prom-client";

/** Next.js bundles this module once per entry, so the one registry of a process hangs on the global object. */
const holder: typeof globalThis & { fleetgaugeTelemetry?: Registry } = globalThis;

/** What this process tells Prometheus: of itself (memory, event loop, garbage) and what others add. */
export function telemetryRegistry(): Registry {
  if (holder.fleetgaugeTelemetry === undefined) {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: "fleetgauge_" });
    holder.fleetgaugeTelemetry = registry;
  }
  return holder.fleetgaugeTelemetry;
}
