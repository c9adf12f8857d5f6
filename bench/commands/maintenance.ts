import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { withScratch } from "@/bench/database/scratch";
import { ensureLoaded } from "@/bench/load/run-load";
import { runMaintenance } from "@/bench/maintenance/run-maintenance";
import { type CompanyOptions, measure, progressOnStderr, withCompanyOptions } from "./common";

/** `npm run bench -- maintenance` */
export function maintenanceCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("maintenance"))
    .description("a new day, a late revert, a rebuild with readers, freshness; on a copy of the company")
    .action((options: CompanyOptions) =>
      measure(context, options, async (database) => {
        const size = resolveSize(options);
        await ensureLoaded(database, size, progressOnStderr());
        return [
          await withScratch(context, database, "company", (url) => runMaintenance(size, { root: context.root, url })),
        ];
      }),
    );
}
