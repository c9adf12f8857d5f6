import { RULE_VERSION } from "@/lib/attribution/agents";
import { CLASSIFIER_VERSION } from "@/lib/attribution/category";

/** Changes with the projection of activity itself; raise it when one of its tables gains or changes a column. */
const ACTIVITY_VERSION = "5";

/** The rules that activity facts are made by; those of another version are made again. */
export function activityVersion(): string {
  return [ACTIVITY_VERSION, RULE_VERSION, CLASSIFIER_VERSION].join("/");
}
