import { AUTHOR_KIND_CODE, type Dimension, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";
import { type CellKeys, keyColumns } from "./cell-keys";
import { periodConditions } from "./cohort";
import type { MetricDefinition } from "./definitions/definition";
import { isMature, repositoryTable } from "./maturity";
import { PartList, type Parts } from "./parts";
import type { Period } from "./period";
import type { Selection } from "./selection";

/** Whether a row passes the filter of a dimension that the `where` leaves out. */
const PASS_COLUMNS: Readonly<Record<Dimension, string>> = {
  org: "f.pass_org",
  repo: "f.pass_repo",
  team: "f.pass_team",
  agent: "f.pass_agent",
  authorKind: "f.pass_author_kind",
  category: "f.pass_category",
  severity: "f.pass_severity",
  sizeBucket: "f.pass_size_bucket",
  environment: "f.pass_environment",
};
const FLAG_COLUMNS = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [index, `f.flag_${index}`]));
const FLAG_NAMES = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [index, `flag_${index}`]));
const PASS_NAMES = Object.fromEntries(
  Object.entries(PASS_COLUMNS).map(([dimension, column]) => [dimension, column.slice(2)]),
) as Record<Dimension, string>;

/** The finest group that any metric of the query needs, as the statement returns it. */
export type Cell = CellKeys & {
  /** Position among the edges, from 0. */
  bucket: number;
  exclusion: number;
  /** Dimensions among `deferred` whose filter this group does not pass. */
  failed: string[];
  /** Which conditions of the metrics hold for the rows of the cell. */
  flags: boolean[];
  count: number;
  sums: number[];
};

/** Numerators and denominators of the rows of a cell. */
export type CellPairs = Omit<Cell, "count" | "sums"> & { xs: number[]; ys: number[] };

export interface CompiledMetric {
  definition: MetricDefinition;
  /** What its rows are grouped by: what the query asks for and what the metric always carries. */
  groupBy: Dimension[];
  parts: Parts;
}

export interface Compiled {
  /** Returns `Cell` rows. */
  statement: Sql;
  /** Returns `CellPairs` rows of a ratio, for groups of at most `limit` rows. */
  pairs: (definition: MetricDefinition, limit: number) => Sql | null;
  metrics: CompiledMetric[];
}

interface CompileInput {
  definitions: readonly MetricDefinition[];
  groupBy: readonly Dimension[];
  selection: Selection;
  period: Period;
  /** Starts of the buckets, and the end of the last. */
  edges: readonly Date[];
}

const AGENT_KINDS = sql`f.author_kind in (${AUTHOR_KIND_CODE.agent}, ${AUTHOR_KIND_CODE.assisted})`;

/**
 * Compiles a query into one statement that scans the narrow fact once and returns additive parts per finest group
 * that any of its metrics needs. Excluded rows are groups of their own: counted, not dropped. A filter is left out of
 * the `where` when a metric is a share of what it would remove; its groups then say whether they pass.
 */
export function compileMetrics({ definitions, groupBy, selection, period, edges }: CompileInput): Compiled {
  const byKind = groupBy.includes("authorKind") || selection.conditions.has("authorKind");
  const windows = [...new Set(definitions.flatMap(({ descriptor }) => descriptor.windowSeconds ?? []))];
  const parts = new PartList();
  const metrics = definitions.map((definition): CompiledMetric => {
    const { alwaysBy, descriptor, population } = definition;
    return {
      definition,
      groupBy: alwaysBy === null || groupBy.includes(alwaysBy) ? [...groupBy] : [...groupBy, alwaysBy],
      parts: parts.addMetric(
        definition,
        population === "agent" && !byKind ? AGENT_KINDS : null,
        descriptor.windowSeconds === null ? null : isMature(windows.indexOf(descriptor.windowSeconds)),
      ),
    };
  });

  const deferred = [...selection.conditions].filter(([dimension]) =>
    definitions.some(({ shareOf }) => shareOf.includes(dimension)),
  );
  const conditions = [
    ...periodConditions(selection, period),
    ...[...selection.conditions].flatMap(([dimension, condition]) =>
      deferred.some(([other]) => other === dimension) ? [] : [condition],
    ),
  ];
  // Without a grain there is one bucket, and looking every row up in a list of one would only cost time.
  const bucket =
    edges.length === 2
      ? sql`0`
      : sql`width_bucket(f.merged_at, ${edges.map((edge) => edge.toISOString())}::timestamptz[]) - 1`;
  const computed = [
    sql`${bucket} as bucket`,
    ...parts.flags.map((flag, index) => sql`${flag} as ${sql.ident(FLAG_NAMES, String(index))}`),
    ...deferred.map(([dimension, condition]) => sql`(${condition}) is true as ${sql.ident(PASS_NAMES, dimension)}`),
  ];
  const source = sql`from (select f.*, r.*, ${sql.join(computed)} from fact_pull_request f
    join ${repositoryTable(selection.repos, windows)} on r.id = f.repo_id
    where ${sql.join(conditions, " AND ")}) f`;

  const keys = keyColumns(metrics.flatMap(({ groupBy: by }) => by));
  const flags = parts.flags.map((_, index) => sql.ident(FLAG_COLUMNS, String(index)));
  const passes = deferred.map(([dimension]) => sql.ident(PASS_COLUMNS, dimension));
  const failed = deferred.map(([dimension], index) => sql`case when not ${passes[index]} then ${dimension} end`);
  const selected = [
    sql`f.bucket`,
    sql`f.exclusion`,
    ...keys.selected,
    sql`array_remove(array[${sql.join(failed)}]::text[], null) as failed`,
    sql`array[${sql.join(flags)}]::boolean[] as flags`,
  ];
  const groups = sql.join([sql`f.bucket`, sql`f.exclusion`, ...keys.grouped, ...passes, ...flags]);
  return {
    statement: sql`select ${sql.join(selected)}, count(*) as count, array[${sql.join(parts.sums)}]::float8[] as sums
      ${source} group by ${groups}`,
    pairs: ({ measure }, limit) =>
      measure.kind !== "ratio"
        ? null
        : sql`select ${sql.join(selected)}, array_agg(${measure.numerator}) as xs, array_agg(${measure.denominator}) as ys
          ${source} where f.exclusion = ${EXCLUSION_CODE.none}
            and (${measure.numerator}) is not null and (${measure.denominator}) is not null
          group by ${groups} having count(*) <= ${limit}`,
    metrics,
  };
}
