import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { GroupSpace } from "@/lib/metrics/scan/group-space";
import type { Selection } from "@/lib/metrics/selection";
import { percentileCont } from "@/lib/metrics/statistics/percentile";
import type { OpenPullRequests } from "./open-pull-requests";

/** What is open of a group at the end of the data. */
export interface OpenTally {
  n: number;
  /** Open for more than a week. */
  old: number;
  /** Seconds; null of none. */
  p50: number | null;
  p75: number | null;
  p90: number | null;
}

const OLD_SECONDS = 7 * DAY_SECONDS;

/** Tells how long pull requests have been open when the data of their repository end, by group of a space. */
export function countOpen({ open }: OpenPullRequests, selection: Selection, space: GroupSpace): Map<number, OpenTally> {
  const ends = new Map(selection.repos.map(({ coverage, id }) => [id, coverage.to.getTime()]));
  const teams = selection.narrowings.get("team");
  const ages = new Map<number, number[]>();
  for (const { orgId, readyAt, repoId, teamId } of open) {
    const end = ends.get(repoId);
    if (end === undefined || readyAt > end) continue;
    if (teams?.by === "team" && !teams.ids.has(teamId)) continue;
    for (const repo of space.ofRepo(orgId, repoId)) {
      for (const team of space.ofTeam(teamId)) {
        const own = ages.get(repo + team) ?? [];
        ages.set(repo + team, own);
        own.push(Math.floor((end - readyAt) / 1000));
      }
    }
  }
  return new Map(
    [...ages].map(([code, seconds]) => {
      const [p50 = null, p75 = null, p90 = null] = percentileCont(seconds, [0.5, 0.75, 0.9]) ?? [];
      const old = seconds.filter((age) => age > OLD_SECONDS).length;
      return [code, { n: seconds.length, old, p50, p75, p90 }];
    }),
  );
}
