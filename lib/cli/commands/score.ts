import { readFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { type RevertScore, type RevertScoreEntry, revertReferenceSchema } from "@/lib/attribution/reverts/score";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { AppError, errorMessage } from "@/lib/core/errors";
import { scoreRepository } from "@/lib/ingest/score-reverts";

const percent = (value: number | null): string => (value === null ? "none" : value.toFixed(4));
const sentence = ({ pr, revertPr, revertTitle, why }: RevertScoreEntry): string =>
  `#${pr} by ${revertPr === null ? "a direct push" : `#${revertPr}`} "${revertTitle}": ${why}`;

function printScore(score: RevertScore): void {
  printLine(`precision ${percent(score.precision)}`);
  printLine(`recall    ${percent(score.recall)}`);
  printLine(`matched   ${score.matched}`);
  for (const entry of score.missed) printLine(`missed    ${sentence(entry)}`);
  for (const entry of score.extra) printLine(`extra     ${sentence(entry)}`);
  for (const { pr, found, reference } of score.hoursDifferences) {
    printLine(`hours     #${pr}: ${found.toFixed(2)} instead of ${reference.toFixed(2)}`);
  }
  const { undeclared } = score;
  printLine(
    `undeclared (in neither rate): ${undeclared.found} found, ${undeclared.matched} of ${undeclared.reference}`,
  );
}

async function readReference(file: string) {
  try {
    return revertReferenceSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw new AppError({
      code: "bad_request",
      message: `${file} is no list of reverts: ${errorMessage(error)}`,
      pointer: "/reference",
      cause: error,
    });
  }
}

/** `fleetgauge score reverts` */
export function scoreCommand(context: CliContext): Command {
  const command = new Command("score").description("compare verdicts with hand-read references");
  command
    .command("reverts")
    .description("precision and recall of the resolved reverts of an imported repository, and each miss")
    .argument("<reference>", "JSON file: { reverts: [{ revert_pr, cls, targets: [{ pr, hours }] }] }")
    .requiredOption("--repo <org/name>", "the imported repository")
    .option("--json", "print the result as JSON")
    .action(async (file: string, { repo, json }: { repo: string; json?: true }) => {
      const reference = await readReference(path.resolve(context.cwd, file));
      const score = await withDatabase(context, () => scoreRepository(repo, reference));
      if (json === true) printJson(score);
      else printScore(score);
    });
  return command;
}
