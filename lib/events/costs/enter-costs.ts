import { createHash } from "node:crypto";
import type { CostFileProblem, CostFileReport, CostImport } from "@/lib/core/cost-files";
import { AppError } from "@/lib/core/errors";
import { addDays, dayOf } from "@/lib/core/zoned-time";
import { getPool, type PoolClient, type Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { holdAlone, type Place, placeOf, type Reach } from "./cost-place";
import { costTotals, replaceTotals, type SourceDays } from "./cost-totals";
import { byCurrency, byMonth, differences, exactSums, type LedgerEntry, ledgerEntries } from "./ledger-entries";
import { postCosts } from "./post-costs";
import { type CostFile, pointerOf, readCostFile, type SentFile, type UsageLine } from "./read-cost-file";
import type { CostImportInput } from "./schema";
import { estimatedLines, loadPrices, replaceUsage, usageByModel } from "./token-estimates";

/** Problems that are told one by one; of more their number. */
const MOST_PROBLEMS = 50;

/** Before anything is held: a large file takes its time. */
function readFile(place: Place, input: CostImportInput, now: Date): Promise<CostFile> {
  // A bill in another zone may be of a day that has not begun here.
  const today = addDays(dayOf(now, place.timeZone), 1);
  return readCostFile(sentFile(input), input.reading, { ...place, today });
}

const sentFile = ({ csv, xlsx }: Pick<CostImportInput, "csv" | "xlsx">): SentFile =>
  xlsx === undefined ? { csv: csv ?? "" } : { xlsx: Buffer.from(xlsx, "base64") };

/** A file as it was read, and what has to be posted for it. */
interface Reckoning {
  report: CostFileReport;
  range: SourceDays | null;
  entries: LedgerEntry[];
  posted: LedgerEntry[];
  usage: UsageLine[];
  problems: CostFileProblem[];
}

async function reckon(
  client: Queryable,
  { orgId }: Place,
  { source, ...sent }: CostImportInput,
  { columns, count, lines: billed, problems, reading, usage }: CostFile,
): Promise<Reckoning> {
  const prices = usage.length === 0 ? new Map() : await loadPrices(client, orgId);
  const lines = usage.length === 0 ? billed : estimatedLines(usage, prices);
  const days = [...lines, ...usage].map(({ day }) => day);
  const [firstDay, lastDay] = [smallest(days), largest(days)];
  const range = firstDay === undefined || lastDay === undefined ? null : { source, firstDay, lastDay };
  const isSound = problems.length === 0 && range !== null;
  const entries = isSound
    ? ledgerEntries(lines, usage.length === 0 ? "billed" : "estimated", pointerOf(sentFile(sent)))
    : [];
  const posted = isSound ? differences(await costTotals(client, orgId, range), entries) : [];
  const exact = exactSums(lines);
  const report: CostFileReport = {
    reading,
    columns,
    lines: count,
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    firstDay: firstDay ?? null,
    lastDay: lastDay ?? null,
    totals: byCurrency(entries).map((total) => ({ ...total, exact: exact.get(total.currency) ?? "0" })),
    months: byMonth(entries),
    posted: posted.length,
    changes: byCurrency(posted),
    usage: usageByModel(usage, prices),
  };
  return { report, range, entries, posted, usage, problems };
}

/**
 * Reads a file of costs and tells what it holds, all that is wrong with it, and what entering it would change.
 * @throws {AppError} `not_found`; `unprocessable` at `/csv` or `/xlsx` where it is no table
 */
export async function checkCosts(reach: Reach, input: CostImportInput, now = new Date()): Promise<CostFileReport> {
  const place = await placeOf(reach, input.org);
  const file = await readFile(place, input, now);
  return (await reckon(getPool(), place, input, file)).report;
}

/**
 * Enters a file of costs: what the same source had told of the days from its first to its last is replaced, by posting the differences.
 * The same file again changes nothing.
 * @param by who enters it, as pages name them
 * @throws {AppError} as above, and `unprocessable` at `/csv` where it holds a line that cannot be taken: nothing of it is taken then
 */
export async function enterCosts(
  reach: Reach,
  input: CostImportInput,
  by: string,
  now = new Date(),
): Promise<CostFileReport> {
  const place = await placeOf(reach, input.org);
  const file = await readFile(place, input, now);
  return withTransaction(async (client) => {
    await holdAlone(client, place.orgId);
    const { entries, posted, problems, range, report, usage } = await reckon(client, place, input, file);
    const [problem] = problems;
    const pointer = pointerOf(sentFile(input));
    if (problem !== undefined) {
      const where = problem.line === null ? "" : `Line ${problem.line}, ${problem.field}: `;
      const more = problems.length === 1 ? "" : ` ${problems.length - 1} more lines cannot be taken.`;
      throw new AppError({ code: "unprocessable", message: `${where}${problem.message}${more}`, pointer });
    }
    if (range === null)
      throw new AppError({ code: "unprocessable", message: "The file holds no line of costs.", pointer });
    // Tokens without a price are kept, though they post nothing yet.
    const isOther = await replaceUsage(client, place.orgId, range, usage);
    if (posted.length === 0 && !isOther) return report;
    const sha256 = createHash("sha256")
      .update(input.xlsx === undefined ? (input.csv ?? "") : Buffer.from(input.xlsx, "base64"))
      .digest("hex");
    const reading = JSON.stringify(report.reading);
    await post(client, place, posted, { ...range, fileName: input.fileName, sha256, lines: report.lines, reading, by });
    await replaceTotals(client, place.orgId, range, entries);
    return report;
  });
}

/**
 * Takes back what the source of a file has told of the days of that file, by posting its opposite.
 * @returns how many entries were posted
 * @throws {AppError} `not_found`, and `conflict` where nothing of it is left
 */
export async function takeBackCosts(
  reach: Reach,
  id: string,
  by: string,
): Promise<{ posted: number; source: string; org: string }> {
  const [found] = /^\d{1,9}$/.test(id)
    ? await query<SourceDays & { org: string; fileName: string; sha256: string }>(
        sql`select o.slug as org, i.source, i.file_name as "fileName", i.sha256, i.first_day::text as "firstDay",
            i.last_day::text as "lastDay"
          from cost_import i join organization o on o.id = i.org_id where i.id = ${Number(id)}::integer`,
      )
    : [];
  if (found === undefined) throw new AppError({ code: "not_found", message: `There is no file ${id}.` });
  const { org, source } = found;
  const place = await placeOf(reach, org);
  return withTransaction(async (client) => {
    await holdAlone(client, place.orgId);
    const posted = differences(await costTotals(client, place.orgId, found), []);
    const hadUsage = await replaceUsage(client, place.orgId, found, []);
    if (posted.length === 0 && !hadUsage)
      throw new AppError({ code: "conflict", message: "Nothing of it is left: it was taken back before." });
    await post(client, place, posted, { ...found, lines: 0, reading: null, by });
    await replaceTotals(client, place.orgId, found, []);
    return { posted: posted.length, source, org };
  });
}

interface Posting {
  source: string;
  fileName: string;
  sha256: string;
  lines: number;
  firstDay: string;
  lastDay: string;
  reading: string | null;
  by: string;
}

/** Notes a file and posts its entries as events, in whose ids it stands. @returns its number */
async function post(
  client: PoolClient,
  place: Place,
  entries: readonly LedgerEntry[],
  { by, fileName, firstDay, lastDay, lines, reading, sha256, source }: Posting,
): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into cost_import (org_id, source, file_name, sha256, lines, first_day, last_day, reading, posted, imported_by)
      values (${place.orgId}, ${source}, ${fileName}, ${sha256}, ${lines}, ${firstDay}::date, ${lastDay}::date, ${reading}::jsonb,
        ${entries.length}, ${by})
      returning id`,
    client,
  );
  if (row === undefined) throw new Error("A file of costs was not stored");
  await postCosts(client, place, entries, { source: "file", subject: `cost-import:${row.id}` });
  return row.id;
}

const smallest = (days: readonly string[]): string | undefined =>
  days.reduce<string | undefined>((known, day) => (known === undefined || day < known ? day : known), undefined);
const largest = (days: readonly string[]): string | undefined =>
  days.reduce<string | undefined>((known, day) => (known === undefined || day > known ? day : known), undefined);

/** Files that were entered, the latest first. */
export async function listCostImports({ organizations }: Reach): Promise<CostImport[]> {
  const seen = organizations === "all" ? sql`true` : sql`i.org_id = any(${[...organizations]}::integer[])`;
  const rows = await query<Omit<CostImport, "at"> & { at: Date }>(
    sql`select i.id, o.slug as org, i.source, i.file_name as "fileName", i.lines, i.first_day::text as "firstDay",
        i.last_day::text as "lastDay", i.posted, i.imported_by as by, i.imported_at as at, i.reading is null as "isTakingBack"
      from cost_import i join organization o on o.id = i.org_id where ${seen} order by i.id desc limit 200`,
  );
  return rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }));
}
