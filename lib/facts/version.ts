import { RULE_VERSION } from "@/lib/attribution/agents";
import { CLASSIFIER_VERSION } from "@/lib/attribution/category";
import { RESOLVER_VERSION } from "@/lib/attribution/reverts/resolver";

/** Changes with the projection itself; raise it when facts gain or change a column. */
const PROJECTION_VERSION = "7";

/** The rules that facts are made by; facts with another version are made again. */
export function factsVersion(): string {
  return [PROJECTION_VERSION, RULE_VERSION, CLASSIFIER_VERSION, RESOLVER_VERSION].join("/");
}
