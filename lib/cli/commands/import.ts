import path from "node:path";
import { Command } from "commander";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine, printPairs } from "@/lib/cli/output";
import { steppedProgress } from "@/lib/cli/stepped-progress";
import { withDatabase } from "@/lib/cli/with-database";
import { AUTHOR_KIND_LABEL, AUTHOR_KINDS } from "@/lib/core/dimensions";
import { type ImportResult, importGitHistory } from "@/lib/ingest/import-git";

interface GitFlags {
  org?: string;
  repo?: string;
  since?: string;
  branch?: string;
  json?: true;
}

const numbers = new Intl.NumberFormat("en-US");
const format = (value: number): string => numbers.format(value);

function printResult({ org, repo, branch, events, summary, warnings, seconds }: ImportResult): void {
  printLine(`${org}/${repo}: ${format(events.added)} new events of ${format(events.received)} read`);
  printPairs([
    [`commits on ${branch}`, format(summary.landed)],
    [
      "merged pull requests",
      `${format(summary.merged)} (squash ${format(summary.byMergeKind.squash)}, merge ${format(summary.byMergeKind.merge)}, ` +
        `rebase ${format(summary.byMergeKind.rebase)})`,
    ],
    ["direct pushes", format(summary.direct)],
    ...AUTHOR_KINDS.map(
      (kind) => [`by author kind: ${AUTHOR_KIND_LABEL[kind]}`, format(summary.byAuthorKind[kind])] as const,
    ),
    ...summary.byAgent.map(({ name, merged }) => [`by agent: ${name}`, format(merged)] as const),
    [
      "reverts",
      `${format(summary.rolledBack)} pull requests rolled back, ${format(summary.rolledBack24h)} within 24 h, ` +
        `${format(summary.rolledBack7d)} within 7 d`,
    ],
    ["re-lands", format(summary.relands)],
    ["partial reverts", format(summary.partial)],
    ["undeclared exact inverses", format(summary.undeclared)],
    ["unresolved", format(summary.unresolved)],
    ["complete to", summary.completeTo ?? "unknown"],
    ["took", `${seconds.toFixed(1)} s`],
  ]);
  for (const warning of warnings) printLine(`  note: ${warning.message}`);
}

function gitCommand(context: CliContext): Command {
  return new Command("git")
    .description("import the history of a git repository: a clone, or a bare or mirror one")
    .argument("<path>", "folder of the repository")
    .option("--org <name>", "organisation (default: the owner in the remote's address, else `local`)")
    .option("--repo <name>", "repository (default: from the remote's address, else the folder's name)")
    .option("--branch <name>", "branch to read (default: the default branch)")
    .option("--since <date>", "leave out what landed before, for instance 2026-01-31")
    .option("--json", "print the result as JSON")
    .action(async (folder: string, flags: GitFlags) => {
      const { json, ...options } = flags;
      const progress = steppedProgress();
      const result = await withDatabase(context, () =>
        importGitHistory(
          { ...options, path: path.resolve(context.cwd, folder) },
          { now: new Date(), onProgress: progress.update, signal: progress.signal },
        ),
      ).finally(progress.close);
      if (json === true) printJson(result);
      else printResult(result);
    });
}

/** `fleetgauge import …` */
export function importCommand(context: CliContext): Command {
  return new Command("import").description("import history into the event log").addCommand(gitCommand(context));
}
