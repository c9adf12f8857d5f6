import { refuseCsv } from "@/lib/core/csv-records";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type CsvLine, readCsvCount, readCsvDay, readCsvTable } from "@/lib/settings/csv-table";
import { findTeams } from "./find-teams";

const COLUMNS = ["day", "team", "tool", "shown", "judged", "false_positive"] as const;
const MOST_LINES = 50_000;
const LONGEST_NAME = 100;

interface SuggestionLine {
  line: number;
  day: string;
  team: string | null;
  tool: string;
  shown: number;
  judged: number;
  falsePositive: number;
}

function readLine({ line, read }: CsvLine<(typeof COLUMNS)[number]>): SuggestionLine {
  const must = <Value>(value: Value | null, column: string): Value => value ?? refuseCsv(line, column, "it is empty.");
  const count = (column: "shown" | "judged" | "false_positive") => readCsvCount(read(column), line, column);
  const day = must(readCsvDay(read("day"), line, "day"), "day");
  const tool = must(read("tool"), "tool");
  if (tool.length > LONGEST_NAME) refuseCsv(line, "tool", `it is longer than ${LONGEST_NAME} characters.`);
  const judged = must(count("judged"), "judged");
  const falsePositive = must(count("false_positive"), "false_positive");
  const shown = count("shown") ?? judged;
  if (falsePositive > judged) refuseCsv(line, "false_positive", `${falsePositive} are more than the ${judged} judged.`);
  if (judged > shown) refuseCsv(line, "judged", `${judged} are more than the ${shown} shown.`);
  return { line, day, team: read("team"), tool, shown, judged, falsePositive };
}

/**
 * Reads what became of what tools suggested: a line for each day and tool, of a team where that is known. Lines of the same day,
 * team and tool are added up.
 * @throws {AppError} `unprocessable` that names the line and the column
 */
export function readSuggestionsCsv(csv: string): SuggestionLine[] {
  const { lines } = readCsvTable(csv, {
    columns: COLUMNS,
    required: ["day", "tool", "judged", "false_positive"],
    most: MOST_LINES,
    what: "report",
  });
  return lines.map(readLine);
}

/**
 * Takes a report of suggestions. What was told before of the same day, team and tool is replaced, so that a file may come twice.
 * @returns how many days of tools it holds
 * @throws {AppError} as above, and `not_found`
 */
export async function enterSuggestions(org: string, csv: string): Promise<{ entries: number }> {
  const lines = readSuggestionsCsv(csv);
  return withTransaction(async (client) => {
    const { idOf, orgId } = await findTeams(org, client);
    const column = <Value>(of: (line: SuggestionLine) => Value) => lines.map(of);
    const entries = await execute(
      sql`insert into suggestion_report as r (org_id, day, team_id, tool, shown, judged, false_positive)
        select ${orgId}, l.day, l.team_id, l.tool, sum(l.shown), sum(l.judged), sum(l.wrong)
        from unnest(${column(({ day }) => day)}::date[], ${column(({ line, team }) => idOf(team, line))}::integer[],
          ${column(({ tool }) => tool)}::text[], ${column(({ shown }) => shown)}::integer[],
          ${column(({ judged }) => judged)}::integer[], ${column(({ falsePositive }) => falsePositive)}::integer[])
          as l (day, team_id, tool, shown, judged, wrong)
        group by l.day, l.team_id, l.tool order by l.day, l.team_id, l.tool
        on conflict (org_id, day, coalesce(team_id, 0), tool) do update set shown = excluded.shown,
          judged = excluded.judged, false_positive = excluded.false_positive`,
      client,
    );
    return { entries };
  });
}
