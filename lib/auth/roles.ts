/** Who somebody is in the installation, from most to least. */
export const ROLES = ["owner", "admin", "finance", "lead", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may do. A key holds some of them as its scopes, a role holds all that the table below gives it. */
export const PERMISSIONS = [
  "reports:read",
  "exports:read",
  "money:read",
  "money:write",
  "verdicts:write",
  "health:read",
  "connections:manage",
  "events:write",
  "telemetry:read",
  "audit:read",
  "users:manage",
  "keys:manage",
  "settings:manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a key may be given. Whoever may sign in is decided by people alone. */
export const KEY_SCOPES = [
  "reports:read",
  "exports:read",
  "money:read",
  "health:read",
  "connections:manage",
  "events:write",
  "telemetry:read",
  "audit:read",
] as const satisfies readonly Permission[];
export type KeyScope = (typeof KEY_SCOPES)[number];

const ADMINISTRATION = PERMISSIONS;

const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  owner: ADMINISTRATION,
  admin: ADMINISTRATION,
  finance: ["reports:read", "exports:read", "money:read", "money:write", "health:read"],
  lead: ["reports:read", "exports:read", "verdicts:write"],
  viewer: ["reports:read", "exports:read"],
};

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(PERMISSIONS_OF[role]);
}

/** Whether a role sees the teams that it was given alone; the others see every team. */
export function isOfTeams(role: Role): boolean {
  return role === "lead" || role === "viewer";
}

/** Whether somebody of one role may change or invite somebody of another: nobody makes an owner but an owner. */
export function mayManage(role: Role, other: Role): boolean {
  return permissionsOf(role).has("users:manage") && (role === "owner" || other !== "owner");
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}
