import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { bucketEdges, type Grain } from "@/lib/metrics/period";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const STEPS: Readonly<Record<Grain, string>> = { hour: "1 hour", day: "1 day", week: "7 days", month: "1 month" };
/** Half hours and quarters off, clocks turned at midnight, a day left out, none at all. */
const ZONES = [
  ..."UTC Europe/Berlin America/New_York America/Havana America/Sao_Paulo Asia/Kathmandu Asia/Kolkata".split(" "),
  ..."Australia/Lord_Howe Pacific/Auckland Pacific/Chatham Africa/Casablanca Asia/Beirut America/St_Johns".split(" "),
];

/** The first instant at which clocks of the zone show a local time. */
function firstInstant(local: Sql, timeZone: string): Sql {
  const instant = sql`(${local} at time zone ${timeZone})`;
  return sql`case when (${instant} - interval '1 hour') at time zone ${timeZone} = ${local}
    then ${instant} - interval '1 hour' else ${instant} end`;
}

/** The same edges as PostgreSQL's calendar has them. */
async function edgesInSql(from: Date, to: Date, grain: Grain, timeZone: string): Promise<Date[]> {
  const series =
    grain === "hour"
      ? sql`select g as edge from generate_series(date_trunc('hour', ${from}::timestamptz, ${timeZone}),
          ${to}::timestamptz + interval '1 hour', interval '1 hour') g`
      : sql`select ${firstInstant(sql`g.local`, timeZone)} as edge from generate_series(
          date_trunc(${grain}, ${from}::timestamptz at time zone ${timeZone}),
          ${to}::timestamptz at time zone ${timeZone} + ${STEPS[grain]}::interval, ${STEPS[grain]}::interval) g(local)`;
  const rows = await query<{ edge: Date }>(sql`select distinct edge from (${series}) e order by edge`);
  const edges = rows.map(({ edge }) => edge);
  return edges.slice(0, edges.findIndex((edge) => edge >= to) + 1);
}

describe("buckets on the calendar", () => {
  it("start where PostgreSQL's calendar starts them, in any zone and around every change of clocks", async () => {
    const minute = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2027, 0) / 60_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.constantFrom<Grain>("hour", "day", "week", "month"),
        minute,
        fc.integer({ min: 1, max: 400 }),
        async (timeZone, grain, start, length) => {
          const from = new Date(start * 60_000);
          const to = new Date(from.getTime() + length * (grain === "hour" ? 3_600_000 : 86_400_000));
          const said = (edges: readonly Date[]) => edges.map((edge) => edge.toISOString());
          expect(said(bucketEdges({ from, to }, grain, timeZone))).toEqual(
            said(await edgesInSql(from, to, grain, timeZone)),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
