import type { Scope } from "@/lib/auth/scope";
import { ADVERSE_HOURS, ADVERSE_LAYERS, type AdverseLayer } from "@/lib/core/adverse-layers";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/core/dimensions";
import { firstSign, isUnclear, secondsToSign } from "./adverse-signs";
import { openFacts } from "./columns/store";
import { MISSING } from "./columns/table";
import { coverageOf } from "./coverage";
import { resolvePeriod, resolveTimeZone } from "./period";
import { visitCohort } from "./scan/cohort-rows";
import { type FirstEventsQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import { aalenJohansenAt, type CompetingObservation } from "./statistics/aalen-johansen";
import { wilsonInterval } from "./statistics/wilson";
import type { FirstEvents } from "./types";

const WINDOW = 7 * DAY_SECONDS;
const HORIZON = ADVERSE_HOURS.at(-1) as number;

/**
 * What went wrong first with merged pull requests, by the layers that are asked for: how many each layer tells of within seven
 * days, how many any of them does, and the share by hours since the merge of which each was the first (metrics.md 2.5:
 * Aalen–Johansen). Pull requests that an older version took back together with others, so that it is not clear which
 * of them was meant, leave the rate and are counted beside; its bounds take none and all of them as taken back.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runFirstEvents(scope: Scope, query: FirstEventsQuery): Promise<FirstEvents> {
  const view = await openFacts(scope);
  const selection = selectPullRequests(view.directory, withoutEmpty(query.filters));
  const period = resolvePeriod(query, resolveTimeZone(query.timeZone, selection.orgs));
  const tables = selection.orgs.flatMap(({ id }) => view.table(id) ?? []);
  const layers = ADVERSE_LAYERS.filter((layer) => query.layers.includes(layer));
  const counts = { n: 0, k: 0, unclear: 0, immature: 0, deployed: 0 };
  const byLayer = new Map<AdverseLayer, number>(ADVERSE_LAYERS.map((layer) => [layer, 0]));
  const observations: CompetingObservation[] = [];
  let stayed = 0;
  visitCohort(tables, selection, period, false, (table, row, watched) => {
    if (watched < 0) return;
    const first = firstSign(layers, table, row);
    if (first !== null && first.time <= watched) observations.push(first);
    else if (watched <= HORIZON * HOUR_SECONDS) observations.push({ time: watched, cause: null });
    else stayed += 1;
    if (watched < WINDOW) {
      counts.immature += 1;
      return;
    }
    if (table.deploySeconds[row] !== MISSING) counts.deployed += 1;
    for (const layer of ADVERSE_LAYERS) {
      const seconds = secondsToSign(layer, table, row);
      if (seconds !== null && seconds <= WINDOW) byLayer.set(layer, (byLayer.get(layer) ?? 0) + 1);
    }
    if (first !== null && first.time <= WINDOW) {
      counts.n += 1;
      counts.k += 1;
    } else if (
      layers.includes("redeploy") &&
      isUnclear(table, row) &&
      (table.redeployedSeconds[row] as number) <= WINDOW
    ) {
      counts.unclear += 1;
    } else counts.n += 1;
  });
  const { deployed, immature, k, n, unclear } = counts;
  const rate = wilsonInterval(k, n);
  const whole = n + unclear;
  const incidences = aalenJohansenAt(
    observations,
    ADVERSE_HOURS.map((hours) => hours * HOUR_SECONDS),
    stayed,
  );
  return {
    asOf: coverageOf(selection.repos)?.allTo.toISOString() ?? null,
    layers: ADVERSE_LAYERS.map((layer) => ({ layer, k: byLayer.get(layer) ?? 0 })),
    any: {
      k,
      n,
      value: rate?.p ?? null,
      lo: rate?.lo ?? null,
      hi: rate?.hi ?? null,
      bounds: unclear === 0 ? null : { none: k / whole, all: (k + unclear) / whole },
    },
    unclear,
    immature,
    deployed,
    first: layers.map((layer) => ({
      layer,
      points: incidences.map(({ byCause }, at) => ({
        hours: ADVERSE_HOURS[at] as number,
        share: byCause.get(layer) ?? 0,
      })),
    })),
  };
}
