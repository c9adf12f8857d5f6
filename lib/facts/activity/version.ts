import { RULE_VERSION } from "@/lib/attribution/agents";
import { CLASSIFIER_VERSION } from "@/lib/attribution/category";

/** Changes with the projection of activity itself; raise it when one of its tables gains or changes a column. */
const ACTIVITY_VERSION = "7";

/**
 * The rules that activity facts are made by; those of another version are made again.
 * @param own the version of what the organisation says itself; 0: nothing
 */
export function activityVersion(own: number): string {
  const shipped = [ACTIVITY_VERSION, RULE_VERSION, CLASSIFIER_VERSION];
  return [...shipped, ...(own === 0 ? [] : [`own-${own}`])].join("/");
}
