import { AUTHOR_KIND_CODE, type Dimension } from "@/lib/core/dimensions";
import type { FactTable, Profile } from "@/lib/metrics/columns/table";
import type { CoveredRepo, Narrowing } from "@/lib/metrics/selection";

/** Which positions of a table's dictionaries a selection lets through (1); a row passes when all of its three do. */
export interface RowFilter {
  repo: Uint8Array;
  /** null: every team. */
  team: Uint8Array | null;
  /** null: every profile. */
  profile: Uint8Array | null;
}

const BY_AGENTS = new Set([AUTHOR_KIND_CODE.agent, AUTHOR_KIND_CODE.assisted]);

/** Whether agents took part although no rule could name one. */
export function isUnnamedAgent({ agentMask, authorKind }: Profile): boolean {
  return agentMask === 0n && BY_AGENTS.has(authorKind);
}

/** Whether a profile passes a narrowing; one of teams says nothing about it. */
export function profilePasses(narrowing: Narrowing, profile: Profile): boolean {
  switch (narrowing.by) {
    case "team":
      return true;
    case "agent":
      return (profile.agentMask & narrowing.mask) !== 0n || (narrowing.unnamed && isUnnamedAgent(profile));
    default:
      return narrowing.codes.has(profile[narrowing.by]);
  }
}

/** Translates a selection into the positions of one table's dictionaries. */
export function compileRowFilter(
  table: Pick<FactTable, "repos" | "teams" | "profiles">,
  repos: readonly CoveredRepo[],
  narrowings: ReadonlyMap<Dimension, Narrowing>,
): RowFilter {
  const ids = new Set(repos.map(({ id }) => id));
  const all = [...narrowings.values()];
  const byTeam = all.flatMap((narrowing) => (narrowing.by === "team" ? [narrowing.ids] : []));
  const byProfile = all.filter(({ by }) => by !== "team");
  return {
    repo: Uint8Array.from(table.repos, (id) => Number(ids.has(id))),
    team: byTeam.length === 0 ? null : Uint8Array.from(table.teams, (id) => Number(byTeam.every((set) => set.has(id)))),
    profile:
      byProfile.length === 0
        ? null
        : Uint8Array.from(table.profiles, (profile) =>
            Number(byProfile.every((narrowing) => profilePasses(narrowing, profile))),
          ),
  };
}
