import type { ReportedKind } from "@/lib/metrics/definitions/definition";
import type { GroupSpace } from "@/lib/metrics/scan/group-space";
import type { Selection } from "@/lib/metrics/selection";
import type { RatioSums } from "@/lib/metrics/statistics/ratio-interval";
import type { Reported } from "./reported";

/** What was reported in one bucket of one group. */
export interface ReportedTally {
  n: number;
  k: number;
  rest: number;
  /** Sums of the amounts as x and of their number as y. */
  amounts: RatioSums;
}

const emptyTally = (): ReportedTally => ({
  n: 0,
  k: 0,
  rest: 0,
  amounts: { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 },
});

interface ReportedInput {
  reported: Reported;
  kind: ReportedKind;
  space: GroupSpace;
  selection: Selection;
  /** In milliseconds, ascending. */
  buckets: readonly { start: number; end: number }[];
}

/** Adds up the reports of a kind by group, which are numbers of `space`, and bucket. */
export function countReported({
  buckets,
  kind,
  reported,
  selection,
  space,
}: ReportedInput): Map<number, ReportedTally[]> {
  const orgs = new Set(selection.orgs.map(({ id }) => id));
  const teams = selection.narrowings.get("team");
  const tallies = new Map<number, ReportedTally[]>();
  for (const report of reported.reports) {
    if (report.kind !== kind || !orgs.has(report.orgId)) continue;
    if (teams?.by === "team" && !teams.ids.has(report.teamId)) continue;
    const bucket = buckets.findIndex(({ end, start }) => report.at >= start && report.at < end);
    if (bucket < 0) continue;
    // Reports have no repository: of the parts of a group only the organisation is asked.
    for (const org of space.ofRepo(report.orgId, -1)) {
      for (const team of space.ofTeam(report.teamId)) {
        const own = tallies.get(org + team) ?? buckets.map(emptyTally);
        tallies.set(org + team, own);
        add(own[bucket] as ReportedTally, report);
      }
    }
  }
  return tallies;
}

function add(
  tally: ReportedTally,
  { amount, k, n, rest }: { amount: number; k: number; n: number; rest: number },
): void {
  tally.n += n;
  tally.k += k;
  tally.rest += rest;
  const { amounts } = tally;
  amounts.n += 1;
  amounts.x += amount;
  amounts.y += 1;
  amounts.xx += amount * amount;
  amounts.xy += amount;
  amounts.yy += 1;
}

/** How many were asked in the surveys of a period, and that somebody said it of each of them; null where nobody did. */
export function askedIn(
  { asked, reports }: Reported,
  kind: ReportedKind,
  selection: Selection,
  { end, start }: { start: number; end: number },
): number | null {
  const orgs = new Set(selection.orgs.map(({ id }) => id));
  const isIn = ({ at, orgId }: { at: number; orgId: number }) => orgs.has(orgId) && at >= start && at < end;
  const waves = new Set(
    reports.filter((report) => report.kind === kind && isIn(report)).map(({ at, orgId }) => `${orgId} ${at}`),
  );
  const told = asked.filter((one) => isIn(one) && waves.has(`${one.orgId} ${one.at}`));
  return waves.size === 0 || told.length < waves.size ? null : told.reduce((sum, { invited }) => sum + invited, 0);
}
