import type { MetricFilters } from "@/lib/metrics/types";

/** A list request as the query string of the API: what is undefined is left out, the values of a filter share a name. */
export function listParameters({ filters, ...request }: { filters: MetricFilters } & object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) if (value !== undefined) parameters.set(name, String(value));
  for (const [dimension, values] of Object.entries(filters)) parameters.set(dimension, values.join(","));
  return parameters.toString();
}
