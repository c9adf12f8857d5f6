import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { withScratch } from "@/bench/database/scratch";
import { runIngest } from "@/bench/ingest/run-ingest";
import { type CompanyOptions, countOption, measure, withCompanyOptions } from "./common";

interface IngestFlags extends CompanyOptions {
  events: number;
  rounds: number;
  seconds: number;
  webhooks: boolean;
}

/** `npm run bench -- ingest` */
export function ingestCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("ingest"))
    .description("webhook deliveries beside a bare server, events beside COPY, memory; on an empty database")
    .addOption(countOption("--events <number>", "events to append and project").default(500_000))
    .addOption(countOption("--rounds <number>", "turns of each web server").default(3))
    .addOption(countOption("--seconds <number>", "length of a turn").default(8))
    .option("--no-webhooks", "leave out the web servers, which need the production build")
    .action((flags: IngestFlags) =>
      measure(context, flags, async (database) => {
        const { seed } = resolveSize(flags);
        return [await withScratch(context, database, "empty", (url) => runIngest(context, url, { ...flags, seed }))];
      }),
    );
}
