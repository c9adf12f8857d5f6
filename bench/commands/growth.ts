import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { withCompanyDatabase } from "@/bench/database/open";
import { growthReport, growthRow } from "@/bench/growth/run-growth";
import type { CellValue } from "@/bench/report/report";
import { writeReports } from "@/bench/report/write";
import { countOption, progressOnStderr } from "./common";

interface GrowthFlags {
  sizes: string;
  seed?: number;
  repositories?: number;
  json?: string;
}

/** `npm run bench -- growth` */
export function growthCommand(context: BenchContext): Command {
  return new Command("growth")
    .description("the same measurements on companies of several sizes, pull requests only")
    .option("--sizes <list>", "sizes separated by commas", "100k,300k,1m,3m")
    .addOption(countOption("--seed <number>", "another company of the same size"))
    .addOption(countOption("--repositories <number>", "400 by default"))
    .option("--json <file>", "also write the report as JSON")
    .action(async ({ json, sizes, ...options }: GrowthFlags) => {
      const rows: CellValue[][] = [];
      for (const text of sizes.split(",")) {
        const size = resolveSize({ ...options, size: text.trim(), pullRequestsOnly: true });
        rows.push(
          await withCompanyDatabase(context, size, (database) => growthRow(database, size, progressOnStderr())),
        );
      }
      writeReports(context, [growthReport(rows)], { json });
    });
}
