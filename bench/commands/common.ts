import { type Command, InvalidArgumentError, Option } from "commander";
import { parseCount, resolveSize, type SizeOptions } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { type BenchDatabase, withCompanyDatabase, withUserDatabase } from "@/bench/database/open";
import type { LoadProgress } from "@/bench/load/load-company";
import type { Report } from "@/bench/report/report";
import { writeReports } from "@/bench/report/write";
import { AppError } from "@/lib/core/errors";

/** What every command that works on a company takes. */
export interface CompanyOptions extends SizeOptions {
  json?: string;
  databaseUrl?: string;
}

function count(text: string): number {
  try {
    return parseCount(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof AppError ? error.message : String(error));
  }
}

/** An option that takes a number such as `300`, `100k` or `1m`. */
export const countOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(count);

/** Adds the options that choose the company, its database and where the report goes. */
export function withCompanyOptions(command: Command): Command {
  return command
    .option("--size <pull requests>", "merged and closed pull requests: 2000, 100k, 1m, 3m", "1m")
    .addOption(countOption("--seed <number>", "another company of the same size"))
    .addOption(countOption("--teams <number>", "40 by default"))
    .addOption(countOption("--repositories <number>", "400 by default"))
    .addOption(countOption("--people <number>", "3,000 by default"))
    .addOption(countOption("--reviews <number>", "three per pull request by default"))
    .addOption(countOption("--ci-runs <number>", "four per pull request by default"))
    .addOption(countOption("--deployments <number>", "one per five pull requests by default"))
    .addOption(countOption("--incidents <number>", "one per hundred pull requests by default"))
    .addOption(countOption("--defects <number>", "three per ten pull requests by default"))
    .addOption(countOption("--costs <number>", "ten per pull request by default"))
    .option("--pull-requests-only", "nothing around the pull requests")
    .option("--database-url <url>", "an empty database of yours instead of a PostgreSQL under .bench")
    .option("--json <file>", "also write the report as JSON");
}

/** Says on stderr how far a long step is, on one line per step; the report alone goes to stdout. */
export function progressOnStderr(): LoadProgress {
  let last = "";
  return (step, done, total) => {
    const percent = total === null ? null : Math.floor((done / total) * 10) * 10;
    const line = percent === null ? step : `${step}: ${percent} %`;
    if (line === last) return;
    last = line;
    process.stderr.write(`${line}\n`);
  };
}

/** Runs a measurement on the company's database and writes its report. */
export async function measure(
  context: BenchContext,
  options: CompanyOptions,
  work: (database: BenchDatabase) => Promise<Report[]>,
): Promise<void> {
  const size = resolveSize(options);
  const reports =
    options.databaseUrl === undefined
      ? await withCompanyDatabase(context, size, work)
      : await withUserDatabase(context, options.databaseUrl, work);
  writeReports(context, reports, { size, json: options.json });
}
