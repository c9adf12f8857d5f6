import { Command } from "commander";
import { runBrowser } from "@/bench/browser/run-browser";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import type { BenchDatabase } from "@/bench/database/open";
import { ensureLoaded } from "@/bench/load/run-load";
import type { Report } from "@/bench/report/report";
import { startWebServer } from "@/bench/scale-out/product-process";
import { AppError } from "@/lib/core/errors";
import { type CompanyOptions, countOption, measure, progressOnStderr, withCompanyOptions } from "./common";

const SECRET = "bench-secret-that-guards-nothing-at-all";

interface BrowserFlags extends CompanyOptions {
  rounds: number;
}

async function measureBrowser(context: BenchContext, { url }: BenchDatabase, rounds: number): Promise<Report> {
  const executablePath = await context.findChromium();
  if (executablePath === null) {
    throw new AppError({ code: "unavailable", message: "No Chromium was found: install one or set CHROMIUM_PATH." });
  }
  await context.build();
  const web = await startWebServer("web server", context.root, {
    DATABASE_URL: url,
    FLEETGAUGE_SECRET: SECRET,
    LOG_LEVEL: "warn",
  });
  try {
    return await runBrowser({ baseUrl: web.url, rounds, executablePath });
  } finally {
    await web.process.stop();
  }
}

/** `npm run bench -- browser` */
export function browserCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("browser"))
    .description("what each page loads and when it is painted, in Chromium on the production build")
    .addOption(countOption("--rounds <number>", "visits to each page").default(5))
    .action((flags: BrowserFlags) =>
      measure(context, flags, async (database) => {
        await ensureLoaded(database, resolveSize(flags), progressOnStderr());
        return [await measureBrowser(context, database, flags.rounds)];
      }),
    );
}
