import { ADVERSE_LAYERS, type AdverseLayer } from "@/lib/core/adverse-layers";
import { HOUR_SECONDS } from "@/lib/core/dimensions";
import { type FactTable, MISSING, type NumberColumn } from "./columns/table";

const COLUMN: Readonly<Record<AdverseLayer, NumberColumn>> = {
  revert: "revertedSeconds",
  redeploy: "redeployedSeconds",
  hotfix: "hotfixSeconds",
  incident: "incidentSeconds",
};

/** An older version took several pull requests back at once, so that it is not clear which of them was meant. */
export const isUnclear = (table: FactTable, row: number): boolean => table.redeployUnclear[row] === 1;

/** Seconds from the merge to what a layer tells of; null: nothing that is known. */
export function secondsToSign(layer: AdverseLayer, table: FactTable, row: number): number | null {
  const seconds = table[COLUMN[layer]][row] as number;
  return seconds === MISSING || (layer === "redeploy" && isUnclear(table, row)) ? null : seconds;
}

/** The first of some layers, and when; of two at the same time the one that stands first in the order of layers. */
export function firstSign(layers: readonly AdverseLayer[], table: FactTable, row: number) {
  let first: { cause: AdverseLayer; time: number } | null = null;
  for (const cause of layers) {
    const time = secondsToSign(cause, table, row);
    if (time !== null && (first === null || time < first.time)) first = { cause, time };
  }
  return first;
}

/**
 * Whether a row shows a sign within so many hours of its merge, as the first of some where they are named; null: nothing is asked.
 * Hours alone are about what was rolled back, however that is known.
 */
export function showsSign(
  table: FactTable,
  {
    among,
    sign,
    within,
  }: { sign?: AdverseLayer | undefined; within?: number | undefined; among?: readonly AdverseLayer[] | undefined },
): ((row: number) => boolean) | null {
  if (sign === undefined && within === undefined) return null;
  const latest = Math.round((within ?? Number.POSITIVE_INFINITY) * HOUR_SECONDS);
  if (sign === undefined) {
    return (row) => {
      const seconds = table.rollbackSeconds[row] as number;
      return seconds !== MISSING && seconds <= latest;
    };
  }
  const layers = ADVERSE_LAYERS.filter((layer) => layer === sign || among?.includes(layer));
  return (row) => {
    const first = firstSign(layers, table, row);
    return first !== null && first.cause === sign && first.time <= latest;
  };
}
