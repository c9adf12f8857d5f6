import { Registry } from "prom-client";
import { telemetryRegistry } from "./registry";
import { stateRegistry } from "./state";

/** All of it in the text format of Prometheus. */
export async function telemetryText(): Promise<{ contentType: string; text: string }> {
  const all = Registry.merge([telemetryRegistry(), await stateRegistry()]);
  return { contentType: all.contentType, text: await all.metrics() };
}
