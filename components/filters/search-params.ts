import type { inferParserType } from "nuqs/server";
import {
  createLoader,
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { ADVERSE_LAYERS } from "@/lib/core/adverse-layers";
import { AUTHOR_KINDS, CATEGORIES } from "@/lib/core/dimensions";
import { PERIODS } from "@/lib/core/period";
import { isDay } from "@/lib/core/zoned-time";

const parseAsDay = createParser({ parse: (text) => (isDay(text) ? text : null), serialize: (day: string) => day });
const names = parseAsArrayOf(parseAsString).withDefault([]);

export const COMPARISONS = ["previous", "none"] as const;

/** The part of the URL that every report shares; server and browser read it through the same parsers. */
export const filterParsers = {
  period: parseAsStringLiteral(PERIODS).withDefault("12w"),
  from: parseAsDay,
  to: parseAsDay,
  compare: parseAsStringLiteral(COMPARISONS).withDefault("previous"),
  org: names,
  team: names,
  repo: names,
  agent: names,
  authorKind: parseAsArrayOf(parseAsStringLiteral(AUTHOR_KINDS)).withDefault([]),
  category: parseAsArrayOf(parseAsStringLiteral(CATEGORIES)).withDefault([]),
};

export type FilterState = inferParserType<typeof filterParsers>;

/** The dimensions that the filter bar offers, in its order. */
export const FILTER_DIMENSIONS = ["org", "team", "repo", "agent", "authorKind", "category"] as const;
export type FilterDimension = (typeof FILTER_DIMENSIONS)[number];

export const loadFilterState = createLoader(filterParsers);

/** `serializeFilters("/rollbacks", state)` is the link that keeps the reader's period and filters. */
export const serializeFilters = createSerializer(filterParsers);

/** What the pull request explorer adds to the shared filters, so that a list can hold exactly what a number counts. */
export const explorerParsers = {
  ...filterParsers,
  /** How they ended; merged unless the address says otherwise. */
  ended: parseAsStringLiteral(["closed", "any"]),
  rolledBack: parseAsBoolean,
  /** Only what is old enough for the window, and rolled back within it. */
  window: parseAsStringLiteral(["24h", "7d"]),
  /** Shows this sign, as the first of those in `among`, within so many hours of the merge; hours alone are of reverts. */
  sign: parseAsStringLiteral(ADVERSE_LAYERS),
  among: parseAsArrayOf(parseAsStringLiteral(ADVERSE_LAYERS)).withDefault([]),
  within: parseAsFloat,
  /** Inside or outside of the population that the rates count. */
  counted: parseAsBoolean,
  /** Behind the number of a metric: what it counts, or the rest of what it is a share of. */
  metric: parseAsString,
  part: parseAsStringLiteral(["counted", "rest"]),
  /** Of what failed: why, or that nobody has said it. Which words there are the explorer alone knows. */
  cause: names,
};
export const serializeExplorer = createSerializer(explorerParsers);
export type ExplorerNarrowing = inferParserType<typeof explorerParsers>;
