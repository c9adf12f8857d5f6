import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { runLoad } from "@/bench/load/run-load";
import { type CompanyOptions, measure, progressOnStderr, withCompanyOptions } from "./common";

/** `npm run bench -- load` */
export function loadCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("load"))
    .description("make the company and load it through the product's log and projections; kept for the other commands")
    .action((options: CompanyOptions) =>
      measure(context, options, async (database) => [
        await runLoad(database, resolveSize(options), progressOnStderr()),
      ]),
    );
}
