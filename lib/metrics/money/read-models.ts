import type { Scope } from "@/lib/auth/scope";
import { openFacts } from "@/lib/metrics/columns/store";
import { createCoverageReader } from "@/lib/metrics/coverage";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { answerFrom } from "@/lib/metrics/query";
import type { Bucket } from "@/lib/metrics/rows";
import { selectPullRequests } from "@/lib/metrics/selection";
import { wholeModels } from "./money-models";
import type { MoneyFrame } from "./money-places";
import type { MoneyQuery } from "./schema";
import type { TeamModels } from "./types";

/**
 * The models of everything that the filters select together, and of each team of it, over one period.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function readModels(scope: Scope, asked: MoneyQuery): Promise<TeamModels> {
  const view = await openFacts(scope);
  const selection = selectPullRequests(view.directory, asked.filters);
  const timeZone = resolveTimeZone(asked.timeZone, selection.orgs);
  const period = resolvePeriod(asked, timeZone);
  const bucket: Bucket = {
    start: period.from.getTime(),
    end: period.to.getTime(),
    label: null,
    grain: null,
    from: period.from.getTime(),
    to: period.to.getTime(),
  };
  const coverageOfGroup = createCoverageReader(view.directory, selection.repos);
  const frame: MoneyFrame = {
    view,
    selection,
    query: { ...asked, metrics: [], grain: null, groupBy: [] },
    timeZone,
    coverageOfGroup,
    ask: (query) => answerFrom(view, query),
  };
  const [model] = wholeModels(frame, [bucket]);
  if (model === undefined) throw new Error("A period has a model, or a reason why not");
  return {
    asOf: coverageOfGroup({})?.allTo.toISOString() ?? null,
    ...model,
    currencies: selection.orgs.map(({ id, slug }) => ({
      org: slug,
      currency: view.money?.plans.currencies.get(id) ?? null,
    })),
    allocations: selection.orgs.map(({ id, slug }) => ({
      org: slug,
      key: view.money?.plans.allocations.get(id) ?? "pull_requests",
    })),
  };
}
