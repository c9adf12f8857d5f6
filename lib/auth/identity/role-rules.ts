import { ROLES, type Role } from "../roles";

/** Whose claim holds `value`, or everybody where that is null, has this role, and as a lead or viewer these teams. */
export interface RoleRule {
  value: string | null;
  /** No rule makes an owner: a provider that went wrong must not be able to lock everybody out. */
  role: Exclude<Role, "owner">;
  teamIds: number[];
}

/**
 * The texts at a dotted path of claims, such as `groups` or `realm_access.roles`. A name with dots in it, such as a
 * URL, is found whole.
 */
export function valuesAt(claims: unknown, path: string): string[] {
  if (typeof claims !== "object" || claims === null) return [];
  const held = claims as Readonly<Record<string, unknown>>;
  const whole = Object.hasOwn(held, path) ? held[path] : undefined;
  if (typeof whole === "string") return [whole];
  if (Array.isArray(whole)) return whole.filter((value): value is string => typeof value === "string");
  const [first = "", ...rest] = path.split(".");
  return rest.length > 0 && Object.hasOwn(held, first) ? valuesAt(held[first], rest.join(".")) : [];
}

/** The strongest role that any rule gives, with the teams of all rules that give it; null when none does. */
export function roleByRules(
  rules: readonly RoleRule[],
  values: readonly string[],
): { role: RoleRule["role"]; teamIds: number[] } | null {
  const matching = rules.filter(({ value }) => value === null || values.includes(value));
  const role = ROLES.find((one) => matching.some((rule) => rule.role === one));
  if (role === undefined || role === "owner") return null;
  const teamIds = matching.filter((rule) => rule.role === role).flatMap((rule) => rule.teamIds);
  return { role, teamIds: [...new Set(teamIds)].sort((a, b) => a - b) };
}
