import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { withScratch } from "@/bench/database/scratch";
import { runExplorer } from "@/bench/explorer/run-explorer";
import { runIngest } from "@/bench/ingest/run-ingest";
import { runLoad } from "@/bench/load/run-load";
import { runMaintenance } from "@/bench/maintenance/run-maintenance";
import { runQueries } from "@/bench/queries/run-queries";
import { type CompanyOptions, countOption, measure, progressOnStderr, withCompanyOptions } from "./common";

/** What each part does when nothing else is asked for: minutes, not hours. */
const WEBHOOKS = { rounds: 2, seconds: 5 } as const;

interface AllFlags extends CompanyOptions {
  cases: number;
  rounds: number;
  events: number;
  webhooks: boolean;
}

/** `npm run bench` */
export function allCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("all"))
    .description("load if needed, then queries, explorer, maintenance and ingest with modest sizes")
    .addOption(countOption("--cases <number>", "questions in all").default(300))
    .addOption(countOption("--rounds <number>", "how often each question is asked").default(3))
    .addOption(countOption("--events <number>", "events to append and project").default(200_000))
    .option("--no-webhooks", "leave out the web servers, which need the production build")
    .action((flags: AllFlags) =>
      measure(context, flags, async (database) => {
        const size = resolveSize(flags);
        const { seed } = size;
        const { cases, events, rounds, webhooks } = flags;
        return [
          await runLoad(database, size, progressOnStderr()),
          await runQueries({ seed, cases, rounds, peers: [] }),
          await runExplorer({ seed, rounds }),
          await withScratch(context, database, "company", (url) => runMaintenance(size, { root: context.root, url })),
          await withScratch(context, database, "empty", (url) =>
            runIngest(context, url, { seed, events, webhooks, ...WEBHOOKS }),
          ),
        ];
      }),
    );
}
