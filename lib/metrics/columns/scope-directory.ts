import type { Scope } from "@/lib/auth/scope";
import type { Directory } from "@/lib/metrics/directory";

/** The part of a directory that a scope may name, in the same order. Agents belong to nobody. */
export function scopeDirectory(directory: Directory, scope: Scope): Directory {
  if (scope.organizations === "all") return directory;
  const allowed = new Set(scope.organizations);
  return {
    orgs: directory.orgs.filter(({ id }) => allowed.has(id)),
    repos: directory.repos.filter(({ orgId }) => allowed.has(orgId)),
    teams: directory.teams.filter(({ orgId }) => allowed.has(orgId)),
    agents: directory.agents,
  };
}
