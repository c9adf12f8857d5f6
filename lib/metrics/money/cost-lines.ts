import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { toMajor } from "@/lib/core/money";
import { dayOf } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { selectPullRequests } from "@/lib/metrics/selection";
import { costItemOf, seesMoney } from "./cost-days";
import type { MoneyQuery } from "./schema";
import type { CostItemName } from "./types";

/** What was paid on one day for the same thing. */
export interface CostLineItem {
  org: { slug: string; name: string };
  /** Of the organisation's calendar, `2026-01-31`. */
  day: string;
  /** Major units, exact. */
  amount: string;
  currency: string;
  item: CostItemName;
  provider: string;
  /** Slug and key; null: of none. */
  team: string | null;
  agent: { key: string; name: string } | null;
}

/**
 * What was paid in a period, line by line, by organisation and day: the lines add up to what the page Cost shows.
 * @throws {AppError} `forbidden` for whoever sees no money, `unprocessable` with the pointer of what cannot be answered
 */
export async function listCostLines(scope: Scope, asked: MoneyQuery): Promise<Iterable<CostLineItem>> {
  if (!seesMoney(scope))
    throw new AppError({ code: "forbidden", message: "Money is shown to finance and administrators." });
  const { directory, money } = await openFacts(scope);
  const selection = selectPullRequests(directory, asked.filters);
  const timeZone = resolveTimeZone(asked.timeZone, selection.orgs);
  const period = resolvePeriod(asked, timeZone);
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const slugs = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  const agents = new Map(directory.agents.map(({ code, key, name }) => [code, { key, name }]));
  const teams = selection.narrowings.get("team");
  function* lines(): Generator<CostLineItem> {
    for (const { id, name, slug, timeZone: zone } of selection.orgs) {
      const days = [...(money?.costs.get(id)?.values() ?? [])].sort((a, b) => a.at - b.at);
      for (const day of days) {
        if (day.at < from || day.at >= to) continue;
        for (let index = 0; index < day.amounts.length; index += 1) {
          const teamId = day.teams[index] as number;
          if (teams?.by === "team" && !teams.ids.has(teamId === 0 ? null : teamId)) continue;
          const currency = day.currencies[index] as string;
          yield {
            org: { slug, name },
            day: dayOf(new Date(day.at), zone),
            amount: toMajor(String(day.amounts[index]), currency).toFixed(),
            currency,
            item: costItemOf(day.items[index] as number),
            provider: day.providers[index] as string,
            team: slugs.get(teamId) ?? null,
            agent: agents.get(day.agents[index] as number) ?? null,
          };
        }
      }
    }
  }
  return lines();
}
