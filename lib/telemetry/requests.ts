import { Histogram } from "prom-client";
import { telemetryRegistry } from "./registry";

const NAME = "fleetgauge_http_request_seconds";
/** Around what pages promise: a tenth of a second. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

function histogram(): Histogram<"method" | "route" | "status"> {
  const registry = telemetryRegistry();
  const known = registry.getSingleMetric(NAME);
  if (known instanceof Histogram) return known;
  return new Histogram({
    name: NAME,
    help: "Seconds that requests of the API took, by their route",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers: [registry],
  });
}

/** Counts a request. @param route with `{name}` for what varies, so that there are few of them */
export function observeRequest(request: { method: string; route: string; status: number; seconds: number }): void {
  const { method, route, seconds, status } = request;
  histogram().observe({ method, route, status: String(status) }, seconds);
}
