import { mintScope } from "./mint-scope";
import type { Scope } from "./scope";

/** What a scope sees without fields of persons: whoever asks, small teams are one, so that figures that are kept are the same. */
export function withoutPersons(scope: Scope): Scope {
  return mintScope({ ...scope, personFields: false });
}
