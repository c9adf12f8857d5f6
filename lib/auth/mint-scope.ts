import type { Scope } from "./scope";

/** Makes a scope; for the files of lib/auth, which know who is asking. The layer rules keep everybody else out. */
export function mintScope({
  organizations,
  moneyFields,
  personFields,
  teams,
}: Pick<Scope, "organizations" | "teams" | "personFields" | "moneyFields">): Scope {
  return Object.freeze({ organizations, teams, personFields, moneyFields }) as Scope;
}
