import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { openFacts } from "@/lib/metrics/columns/store";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { selectPullRequests } from "@/lib/metrics/selection";
import type { Assumption } from "./assumptions";
import { seesMoney } from "./cost-days";
import { type DayCost, dayCosts } from "./cost-lines";
import { readModels } from "./read-models";
import type { MoneyQuery } from "./schema";
import type { TeamModels } from "./types";

/** Everything that a report of return on investment is made from. */
export interface RoiReport {
  period: { from: Date; to: Date; timeZone: string };
  filters: MoneyQuery["filters"];
  models: TeamModels;
  /** What was paid, line by line. */
  lines: readonly DayCost[];
  /** Names by slug. */
  names: { orgs: ReadonlyMap<string, string>; teams: ReadonlyMap<string, string> };
  /** Everything that was ever said, the oldest first; organisation and team as slugs. */
  history: readonly (Assumption & { org: string; team: string | null })[];
}

/**
 * Reads what a report of return on investment is made from, of a period.
 * @throws {AppError} `forbidden` for whoever sees no money, `unprocessable` with the pointer of what cannot be answered
 */
export async function readRoiReport(scope: Scope, asked: MoneyQuery): Promise<RoiReport> {
  if (!seesMoney(scope))
    throw new AppError({ code: "forbidden", message: "Money is shown to finance and administrators." });
  const models = await readModels(scope, asked);
  const view = await openFacts(scope);
  const { directory, money } = view;
  const { orgs } = selectPullRequests(directory, asked.filters);
  const timeZone = resolveTimeZone(asked.timeZone, orgs);
  const slugs = new Map(orgs.map(({ id, slug }) => [id, slug]));
  const teams = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  const history = (money?.plans.assumptions ?? []).flatMap((one) => {
    const org = slugs.get(one.orgId);
    return org === undefined
      ? []
      : [{ ...one, org, team: one.teamId === null ? null : (teams.get(one.teamId) ?? null) }];
  });
  return {
    period: { ...resolvePeriod(asked, timeZone), timeZone },
    filters: asked.filters,
    models,
    lines: [...dayCosts(view, asked)],
    names: {
      orgs: new Map(orgs.map(({ name, slug }) => [slug, name])),
      teams: new Map(directory.teams.map(({ name, slug }) => [slug, name])),
    },
    history: history.reverse(),
  };
}
