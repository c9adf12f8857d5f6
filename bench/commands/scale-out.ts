import { Command } from "commander";
import { resolveSize, type SizeOptions } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { writeReports } from "@/bench/report/write";
import { runScaleOut } from "@/bench/scale-out/run-scale-out";
import { AppError } from "@/lib/core/errors";
import { countOption, progressOnStderr } from "./common";

interface ScaleOutFlags extends Pick<SizeOptions, "size" | "seed" | "repositories"> {
  json?: string;
}

/** `npm run bench -- scale-out` */
export function scaleOutCommand(context: BenchContext): Command {
  return new Command("scale-out")
    .description("two web processes, two workers, a primary and a streaming replica: same answers, nothing done twice")
    .option("--size <pull requests>", "of the company that is fed in", "4k")
    .addOption(countOption("--seed <number>", "another company of the same size"))
    .addOption(countOption("--repositories <number>", "of the company").default(20))
    .option("--json <file>", "also write the report as JSON")
    .action(async ({ json, ...options }: ScaleOutFlags) => {
      const size = resolveSize({ ...options, pullRequestsOnly: true });
      const { failures, report } = await runScaleOut(context, size, progressOnStderr());
      writeReports(context, [report], { json, size });
      if (failures.length > 0) throw new AppError({ code: "conflict", message: failures.join("\n") });
    });
}
