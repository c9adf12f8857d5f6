import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { runExplorer } from "@/bench/explorer/run-explorer";
import { ensureLoaded } from "@/bench/load/run-load";
import { type CompanyOptions, countOption, measure, progressOnStderr, withCompanyOptions } from "./common";

interface ExplorerFlags extends CompanyOptions {
  rounds: number;
}

/** `npm run bench -- explorer` */
export function explorerCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("explorer"))
    .description("pages of the pull-request and rollback lists: every sort, filters, search, first and deep pages")
    .addOption(countOption("--rounds <number>", "how often each page is read").default(5))
    .action((flags: ExplorerFlags) =>
      measure(context, flags, async (database) => {
        const size = resolveSize(flags);
        await ensureLoaded(database, size, progressOnStderr());
        return [await runExplorer({ seed: size.seed, rounds: flags.rounds })];
      }),
    );
}
