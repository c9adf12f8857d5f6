import type { Dimension } from "@/lib/core/dimensions";

/** Every dimension that a merged pull request has; it has no environment, which belongs to deployments. */
export const PULL_REQUEST_DIMENSIONS: Dimension[] = [
  "org",
  "repo",
  "team",
  "agent",
  "authorKind",
  "category",
  "severity",
  "sizeBucket",
];
