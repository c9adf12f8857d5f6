import type { Scope } from "@/lib/auth/scope";
import { type Directory, foldSmallTeams } from "@/lib/metrics/directory";
import type { FactTable } from "./table";

/** The part of a directory that a scope may name, in the same order. Agents belong to nobody. */
export function scopeDirectory(directory: Directory, scope: Scope): Directory {
  const { organizations, teams } = scope;
  const ofOrgs = organizations === "all" ? directory : ofOrganizations(directory, new Set(organizations));
  if (teams === "all") return foldSmallTeams(ofOrgs, scope);
  const allowed = new Set(teams);
  return { ...ofOrgs, teams: ofOrgs.teams.filter(({ id }) => allowed.has(id)) };
}

function ofOrganizations(directory: Directory, allowed: ReadonlySet<number>): Directory {
  return {
    orgs: directory.orgs.filter(({ id }) => allowed.has(id)),
    repos: directory.repos.filter(({ orgId }) => allowed.has(orgId)),
    teams: directory.teams.filter(({ orgId }) => allowed.has(orgId)),
    agents: directory.agents,
  };
}

/** The part of a directory that some tables speak of: whoever sees a few teams learns of no other repository. */
export function directoryOfTables(directory: Directory, tables: readonly FactTable[]): Directory {
  const repoIds = new Set(tables.flatMap(({ repos }) => repos));
  const orgIds = new Set(tables.map(({ orgId }) => orgId));
  return {
    ...directory,
    orgs: directory.orgs.filter(({ id }) => orgIds.has(id)),
    repos: directory.repos.filter(({ id }) => repoIds.has(id)),
  };
}
