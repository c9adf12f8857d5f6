import { addDays, dayOf } from "@/lib/core/zoned-time";
import type { FactView } from "@/lib/metrics/columns/store";
import { type Coverage, createCoverageReader } from "@/lib/metrics/coverage";
import type { PhaseEntry } from "@/lib/metrics/people/staff";
import { resolveTimeZone } from "@/lib/metrics/period";
import { type Filters, withoutEmpty } from "@/lib/metrics/schema";
import { type Selection, selectPullRequests } from "@/lib/metrics/selection";
import type { PhaseItem, Wave } from "./types";
import { type DataSpan, findWaves } from "./waves";

/** What was entered of the rollout, and the waves that come of it. */
export interface RolloutPlan {
  timeZone: string;
  /** Up to when everything is known. */
  asOf: Date;
  span: DataSpan;
  teams: { org: string; team: string; phases: PhaseItem[]; adoptedOn: string | null }[];
  waves: Wave[];
}

const adoptedOnOf = (phases: readonly PhaseItem[]): string | null =>
  phases
    .filter(({ phase }) => phase !== "planning")
    .map(({ startsOn }) => startsOn)
    .sort()[0] ?? null;

function phasesByTeam(phases: readonly PhaseEntry[]): Map<number, PhaseItem[]> {
  const byTeam = new Map<number, PhaseItem[]>();
  for (const { phase, startsOn, teamId } of phases) {
    byTeam.set(teamId, [...(byTeam.get(teamId) ?? []), { phase, startsOn }]);
  }
  return byTeam;
}

/** The whole days of the data: from the first merge on, or from when all repositories have data. */
function spanOf(view: FactView, { orgs }: Selection, { allFrom, allTo }: Coverage, timeZone: string): DataSpan {
  const first = Math.min(
    ...orgs.flatMap(({ id }) => view.table(id)?.mergedAt[0] ?? []),
    // Without anything merged there is nothing before the end.
    allTo.getTime(),
  );
  const from = new Date(Math.max(first, allFrom?.getTime() ?? first));
  return {
    firstDay: dayOf(from, timeZone),
    lastDay: addDays(dayOf(new Date(allTo.getTime() + 1), timeZone), -1),
  };
}

/** The teams of a selection that go by a name of their own. */
function teamsOf(view: FactView, { orgs }: Selection, { team: named }: Filters): RolloutPlan["teams"] {
  const slugOf = new Map(orgs.map(({ id, slug }) => [id, slug]));
  const ours = view.directory.teams.filter(({ orgId }) => slugOf.has(orgId));
  const times = new Map<string, number>();
  for (const { slug } of ours) times.set(slug, (times.get(slug) ?? 0) + 1);
  const phases = phasesByTeam(view.staff.phases);
  return ours.flatMap(({ id, orgId, slug }) => {
    // What several teams are called together is none of them.
    if ((named !== undefined && !named.includes(slug)) || times.get(slug) !== 1) return [];
    const own = phases.get(id) ?? [];
    return [{ org: slugOf.get(orgId) ?? "", team: slug, phases: own, adoptedOn: adoptedOnOf(own) }];
  });
}

/**
 * Which teams there are, their phases, and the waves in which they began; a team without any phase is in no wave and stands
 * for no comparison, since nobody said whether it uses agents.
 * @returns null where nothing was imported
 * @throws {AppError} `unprocessable` with the pointer of a filter that nothing is called
 */
export function planFrom(view: FactView, asked: Filters): RolloutPlan | null {
  const filters = withoutEmpty(asked);
  const selection = selectPullRequests(view.directory, filters);
  const coverage = createCoverageReader(view.directory, selection.repos)({});
  if (coverage === null) return null;
  const timeZone = resolveTimeZone(undefined, selection.orgs);
  const span = spanOf(view, selection, coverage, timeZone);
  const teams = teamsOf(view, selection, filters);
  const waves = findWaves(
    teams.filter(({ phases }) => phases.length > 0),
    span,
  );
  return { timeZone, asOf: coverage.allTo, span, teams, waves };
}
