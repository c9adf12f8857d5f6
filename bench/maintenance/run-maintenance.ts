import { foundCompany } from "@/bench/company/company";
import type { CompanySize } from "@/bench/company/size";
import { copyCeiling } from "@/bench/database/copy-ceiling";
import { nextTransaction, writtenSince } from "@/bench/database/written-rows";
import { benchOrganization } from "@/bench/queries/run-queries";
import type { CellValue, Report, ReportTable } from "@/bench/report/report";
import { timed } from "@/bench/report/sample";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { measureFreshness } from "./freshness";
import { appendLateRevert } from "./late-revert";
import { appendNewDay } from "./new-day";
import { rebuildByCommand } from "./rebuild-command";
import { type Readings, readDuring } from "./sampling-reader";

/** Above every number of the new day and of the late revert. */
const FRESH_NUMBERS = 10_000_000;
const NEW_DAY_NUMBERS = 5;

const sumOf = (written: readonly { rows: number }[]): number => written.reduce((sum, { rows }) => sum + rows, 0);

async function newDay(size: CompanySize, orgId: number): Promise<ReportTable> {
  const company = foundCompany(size);
  const { result: day, ms: appendMs } = await timed(() => appendNewDay(company, orgId));
  const xid = await nextTransaction();
  const { ms: projectMs } = await timed(projectPending);
  const written = await writtenSince(xid);
  return {
    title: "A day of a busy company",
    columns: ["repositories", "pull requests", "events", "append s", "project s", "rows written"],
    rows: [
      [company.repositories.length, day.pullRequests, day.events, appendMs / 1000, projectMs / 1000, sumOf(written)],
    ],
    notes: ["The append includes making the events. Every repository is one import of its own."],
  };
}

async function lateRevert(size: CompanySize, orgId: number): Promise<ReportTable> {
  await appendLateRevert(foundCompany(size), orgId, NEW_DAY_NUMBERS);
  const xid = await nextTransaction();
  const { ms } = await timed(projectPending);
  const written = await writtenSince(xid);
  const rows: CellValue[][] = written.map(({ rows: count, table }) => [table, count]);
  return {
    title: "One late revert",
    columns: ["table", "rows written"],
    rows: [...rows, ["all", sumOf(written)]],
    notes: [`Projected in ${(ms / 1000).toFixed(2)} s. The target was merged five months before.`],
  };
}

/** Facts that were loaded without events cannot come out of a rebuild; to remove them row by row would be measured. */
async function removeLoadedActivity(): Promise<void> {
  await execute(
    sql`truncate fact_review, fact_ci_run, fact_deployment, fact_incident, fact_defect, fact_closed_pull_request,
      fact_pull_request_flow, fact_cost, rollup_cost_day`,
  );
}

const FACT_TABLES = sql`fact_pull_request, fact_pull_request_detail, fact_rollback, fact_direct_push, fact_unknown_bot,
  fact_repository, rollup_repository_day, projection_checkpoint`;

async function rebuild(root: string, url: string): Promise<ReportTable> {
  await removeLoadedActivity();
  const [row] = await query<{ rows: number; events: number }>(
    sql`select (select count(*) from fact_pull_request) as rows, (select count(*) from event) as events`,
  );
  const pullRequests = row?.rows ?? 0;
  const events = row?.events ?? 0;
  const copy = await copyCeiling("event");
  const run = (name: string, ms: number, readings: Readings | null = null): CellValue[] => [
    name,
    pullRequests,
    ms / 1000,
    pullRequests / (ms / 1000),
    events / (ms / 1000),
    copy === null ? null : events / (ms / 1000) / copy,
    readings?.answers ?? null,
    readings?.different ?? null,
  ];
  const command = () => rebuildByCommand(root, url);
  await execute(sql`update fact_pull_request_detail set digest = null`);
  await execute(sql`vacuum analyze fact_pull_request_detail`);
  const { ms: all } = await timed(command);
  await execute(sql`vacuum analyze`);
  const { ms: none } = await timed(command);
  const { result: readings, ms: watched } = await timed(() => readDuring(command));
  const { ms: alone } = await timed(rebuildFacts);
  await execute(sql`truncate ${FACT_TABLES}`);
  const { ms: first } = await timed(command);
  return {
    title: "Rebuild of everything",
    columns: [
      "run",
      "pull requests",
      "seconds",
      "pull requests/s",
      "events/s",
      "to COPY of events",
      "answers meanwhile",
      "different answers",
    ],
    rows: [
      run("fleetgauge rebuild, nothing differs", none),
      run("the same, with a reader in another process", watched, readings),
      run("in one process, nothing differs", alone),
      run("fleetgauge rebuild, every row differs", all),
      run("fleetgauge rebuild, no facts yet", first),
    ],
    notes: ["The command's time includes its start and that of the processes that it starts."],
  };
}

async function freshness(size: CompanySize, orgId: number): Promise<ReportTable> {
  const { changed, eventToAnswer, unchanged } = await measureFreshness(foundCompany(size), orgId, FRESH_NUMBERS);
  return {
    title: "Freshness of a process",
    columns: ["what", "runs", "median ms", "p95 ms"],
    rows: [
      ["open the facts, nothing new", ...Object.values(unchanged)],
      ["open the facts after one new pull request", ...Object.values(changed)],
      ["append, project, open", ...Object.values(eventToAnswer)],
    ],
  };
}

/** Measures how facts follow events. It writes into the database of the pool: give it a copy. */
export async function runMaintenance(size: CompanySize, { root, url }: { root: string; url: string }): Promise<Report> {
  const orgId = await benchOrganization();
  return {
    command: "maintenance",
    tables: [
      await newDay(size, orgId),
      await lateRevert(size, orgId),
      await freshness(size, orgId),
      await rebuild(root, url),
    ],
  };
}
