import { withinChance } from "@/components/metrics/by-chance";
import { type Tone, toneOf } from "@/components/metrics/present-metric";
import { formatKOfN, formatPoints } from "@/lib/core/format";
import type { MetricChange, MetricDescriptor, MetricRow } from "@/lib/metrics/types";

export type ChangeDimension = "category" | "team" | "repo";

export interface ChangeItem {
  dimension: ChangeDimension;
  value: string;
  name: string;
  /** `rolled back 9 of 52, was 2 of 47` */
  text: string;
  difference: string;
  tone: Tone;
  beyondChance: boolean;
}

export interface Changes {
  items: ChangeItem[];
  /** How many groups had enough on both sides to compare. */
  compared: number;
}

export interface ChangeSource {
  dimension: ChangeDimension;
  rows: readonly MetricRow[];
  before: readonly MetricRow[];
  nameOf: (value: string) => string;
}

const ENOUGH = 30;
/** Fewer where nothing is beyond chance: those are named only to be seen as such. */
const SHOWN = { beyond: 5, within: 3 };

/** What is certain of a change: the end of its interval that is nearer to zero, else the change itself. */
function sizeOf(change: MetricChange): number {
  const least = Math.min(Math.abs(change.lo ?? 0), Math.abs(change.hi ?? 0));
  return withinChance(change) ? Math.abs(change.value ?? 0) : least;
}

/**
 * The groups whose rate moved most, those beyond chance first. Fewer than 30 on either side are not ranked
 * (metrics.md G10), and how many were compared is told, since one in twenty differs by chance alone.
 */
export function prepareChanges(
  descriptor: Pick<MetricDescriptor, "direction">,
  sources: readonly ChangeSource[],
): Changes {
  const comparable = sources.flatMap((source) =>
    source.rows.flatMap((row) => {
      const value = row.group[source.dimension];
      const before = source.before.find((candidate) => candidate.group[source.dimension] === value);
      const change = row.change;
      if (value === undefined || before === undefined || change?.value == null) return [];
      if ((row.n ?? 0) < ENOUGH || (before.n ?? 0) < ENOUGH) return [];
      const beyondChance = !withinChance(change);
      return [
        {
          size: sizeOf(change),
          dimension: source.dimension,
          value,
          name: source.nameOf(value),
          text: `rolled back ${formatKOfN(row.k ?? 0, row.n ?? 0)}, was ${formatKOfN(before.k ?? 0, before.n ?? 0)}`,
          difference: formatPoints(change.value),
          tone: beyondChance ? toneOf(descriptor, change.value) : ("flat" as const),
          beyondChance,
        },
      ];
    }),
  );
  const ranked = comparable.toSorted(
    (a, b) => Number(b.beyondChance) - Number(a.beyondChance) || b.size - a.size || a.name.localeCompare(b.name),
  );
  const shown = ranked[0]?.beyondChance === true ? SHOWN.beyond : SHOWN.within;
  return { items: ranked.slice(0, shown).map(({ size: _, ...item }) => item), compared: comparable.length };
}
