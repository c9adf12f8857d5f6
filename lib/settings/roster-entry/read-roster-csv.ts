import { refuseCsv } from "@/lib/core/csv-records";
import { SENIORITIES, type Seniority } from "@/lib/core/rollout-words";
import { readCsvDay, readCsvTable } from "@/lib/settings/csv-table";

/** One line: somebody's time in a team. Days are `YYYY-MM-DD` in the organisation's zone. */
export interface RosterLine {
  /** As the file counts its lines, the first being 1. */
  line: number;
  team: string;
  login: string | null;
  email: string | null;
  name: string | null;
  /** null: nobody knows since when. */
  from: string | null;
  /** The first day that it is over; null: it is not. */
  to: string | null;
  /** Thousandths of a working week. */
  fte: number;
  seniority: Seniority | null;
}

const COLUMNS = ["team", "login", "email", "name", "from", "to", "fte", "seniority"] as const;
const MOST_LINES = 50_000;

function readShare(text: string | null, line: number): number {
  if (text === null) return 1000;
  const share = /^\d(?:[.,]\d{1,3})?$/.test(text) ? Math.round(Number(text.replace(",", ".")) * 1000) : 0;
  if (share <= 0 || share > 1000)
    refuseCsv(line, "fte", `“${text}” is no share of a working week such as 0.8, at most 1.`);
  return share;
}

/**
 * Reads a roster. Its first line names its columns: team, login or email (GitHub's login finds most), and name, from, to, fte
 * and seniority where they are known. Commas, semicolons and tabs part them.
 * @throws {AppError} `unprocessable` that names the line and the column; nothing of it is taken then
 */
export function readRosterCsv(csv: string): RosterLine[] {
  const { has, lines } = readCsvTable(csv, { columns: COLUMNS, required: ["team"], most: MOST_LINES, what: "roster" });
  if (!has("login") && !has("email")) refuseCsv(1, "login", "this column is missing, and so is email.");
  return lines.map(({ line, read }) => {
    const [team, login, email] = [read("team"), read("login")?.replace(/^@/, "") ?? null, read("email")];
    if (team === null) refuseCsv(line, "team", "it is empty.");
    if (login === null && email === null) refuseCsv(line, "login", "it is empty, and so is email.");
    if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) refuseCsv(line, "email", `“${email}” is no address.`);
    const from = readCsvDay(read("from"), line, "from");
    const to = readCsvDay(read("to"), line, "to");
    if (from !== null && to !== null && to <= from) refuseCsv(line, "to", `${to} is not after ${from}.`);
    const said = read("seniority")?.toLowerCase() ?? null;
    const seniority = SENIORITIES.find((one) => one === said) ?? null;
    if (said !== null && seniority === null)
      refuseCsv(line, "seniority", `“${said}” is none of ${SENIORITIES.join(", ")}.`);
    return { line, team, login, email, name: read("name"), from, to, fte: readShare(read("fte"), line), seniority };
  });
}
