import type { Permission, Role } from "./roles";
import type { Scope } from "./scope";
import type { Me } from "./types";

/** Who asks, as of this request. */
export type Caller = {
  permissions: ReadonlySet<Permission>;
  scope: Scope;
} & (
  | {
      kind: "user";
      id: string;
      name: string;
      email: string;
      role: Role;
      twoFactor: boolean;
      /** Names of the teams that a lead or a viewer sees; null for whoever sees all. */
      teams: readonly string[] | null;
      sessionId: string;
    }
  | {
      kind: "key";
      id: string;
      name: string;
    }
);

/** Somebody who is signed in, as opposed to a key. */
export type UserCaller = Extract<Caller, { kind: "user" }>;

/** What a page may know of whoever looks at it. */
export function describeUser({ email, id, name, permissions, role, teams, twoFactor }: UserCaller): Me {
  return { id, name, email, role, twoFactor, teams: teams === null ? null : [...teams], permissions: [...permissions] };
}
