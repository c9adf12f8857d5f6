import { refuseCsv } from "@/lib/core/csv-records";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { readCsvTable } from "@/lib/settings/csv-table";
import { findTeams } from "./find-teams";

const COLUMNS = ["team", "trust", "hours"] as const;
const MOST_LINES = 50_000;
const MOST_HOURS = 744;

/** One survey of an organisation: everybody's answers, of a team and of nobody by name. */
export interface SurveyEntry {
  org: string;
  /** The day that it stands for, `YYYY-MM-DD`. */
  wave: string;
  /** How many were asked; null: nobody says. */
  invited: number | null;
  csv: string;
}

interface Answer {
  line: number;
  team: string | null;
  trust: number | null;
  hours: number | null;
}

function readTrust(text: string | null, line: number): number | null {
  if (text === null) return null;
  if (!/^[1-5]$/.test(text)) refuseCsv(line, "trust", `“${text}” is no answer from 1 to 5.`);
  return Number(text);
}

function readHours(text: string | null, line: number): number | null {
  if (text === null) return null;
  const hours = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : MOST_HOURS + 1;
  if (hours > MOST_HOURS) refuseCsv(line, "hours", `“${text}” is no number of hours in a month such as 6.5.`);
  return hours;
}

/**
 * Reads the answers to a survey: a line for each person, with a team, an answer about trust from 1 to 5 and the hours that they
 * believe to save in a month, each of which may be empty.
 * @throws {AppError} `unprocessable` that names the line and the column
 */
export function readSurveyCsv(csv: string): Answer[] {
  const { lines } = readCsvTable(csv, { columns: COLUMNS, required: [], most: MOST_LINES, what: "survey" });
  return lines.map(({ line, read }) => {
    const [trust, hours] = [readTrust(read("trust"), line), readHours(read("hours"), line)];
    if (trust === null && hours === null) refuseCsv(line, null, "it holds neither trust nor hours.");
    return { line, team: read("team"), trust, hours };
  });
}

/**
 * Makes these the answers of a survey, in the place of those that were entered for the same day before.
 * @returns how many there are
 * @throws {AppError} as above, and `not_found`
 */
export async function enterSurvey({ csv, invited, org, wave }: SurveyEntry): Promise<{ answers: number }> {
  const answers = readSurveyCsv(csv);
  return withTransaction(async (client) => {
    const { idOf, orgId } = await findTeams(org, client);
    const teams = answers.map(({ line, team }) => idOf(team, line));
    // Two entries of one day wait for each other here.
    await execute(
      sql`insert into survey_wave (org_id, wave, invited) values (${orgId}, ${wave}, ${invited})
        on conflict (org_id, wave) do update set invited = excluded.invited`,
      client,
    );
    await execute(sql`delete from survey_answer where org_id = ${orgId} and wave = ${wave}`, client);
    await execute(
      sql`insert into survey_answer (org_id, wave, team_id, trust, hours_saved)
        select ${orgId}, ${wave}, a.team_id, a.trust, a.hours
        from unnest(${teams}::integer[], ${answers.map(({ trust }) => trust)}::smallint[],
          ${answers.map(({ hours }) => hours)}::numeric[]) as a (team_id, trust, hours)`,
      client,
    );
    return { answers: answers.length };
  });
}
