import { Command } from "commander";
import { type AuditVerdict, verifyAudit } from "@/lib/audit/verify";
import { CommandFailure } from "@/lib/cli/command-failure";
import type { CliContext } from "@/lib/cli/context";
import { printJson, printLine } from "@/lib/cli/output";
import { withDatabase } from "@/lib/cli/with-database";
import { verifyActivity } from "@/lib/facts/activity/verify-activity";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { verifyDeployed } from "@/lib/facts/deployed/verify-deployed";
import { verifyEffort } from "@/lib/facts/effort/verify-effort";
import { verifyFacts } from "@/lib/facts/verify";

/** Facts of repositories and of what happens around pull requests, in one list, and the audit log. */
async function verifyAll() {
  const facts = await verifyFacts();
  const activity = await verifyActivity();
  const courses = await verifyCourses();
  return {
    checked: facts.checked,
    mismatches: [
      ...facts.mismatches,
      ...activity.mismatches,
      ...(await verifyEffort()),
      ...(await verifyDeployed()),
      ...courses.mismatches,
    ],
    audit: await verifyAudit(),
  };
}

function auditWords({ fault, lines }: AuditVerdict): string {
  if (fault !== null) return `The audit log does not hold at line ${fault.seq}: ${fault.reason}.`;
  return `The audit log holds: ${lines} lines.`;
}

/** `fleetgauge verify` */
export function verifyCommand(context: CliContext): Command {
  return new Command("verify")
    .description("make all facts from the event log again, compare them with the stored ones, and check the audit log")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: true }) => {
      const result = await withDatabase(context, verifyAll);
      if (json === true) printJson(result);
      else {
        for (const { orgId, repo, tables } of result.mismatches)
          printLine(`${repo ?? `activity of organisation ${orgId}`}: ${tables.join(", ")} differ from the log`);
        printLine(`${result.checked} repositories checked, ${result.mismatches.length} differ.`);
        printLine(auditWords(result.audit));
      }
      if (result.mismatches.length > 0 || result.audit.fault !== null) throw new CommandFailure();
    });
}
