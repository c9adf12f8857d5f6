import type { Dimension } from "@/lib/core/dimensions";

/** What deployments and incidents can be grouped and filtered by: nobody tells which agent a deployment is by. */
export const OPERATION_DIMENSIONS: Dimension[] = ["org", "repo", "team"];
