import { activityEvents } from "@/bench/company/activity-events";
import { inBatches } from "@/bench/company/batches";
import { type Company, foundCompany } from "@/bench/company/company";
import { costEvents } from "@/bench/company/cost-events";
import { lineEvents } from "@/bench/company/line-events";
import type { CompanySize } from "@/bench/company/size";
import { planWork } from "@/bench/company/work";
import { vacuumAnalyze } from "@/bench/database/vacuum";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { writeActivityFacts } from "@/lib/facts/activity/write-activity-facts";
import { projectPending } from "@/lib/facts/project";
import { writeSettings } from "./settings";

/** The parts of a load and the tables that each fills. */
export const STEP_TABLES = {
  "append to the log": ["event"],
  "project pull requests": ["fact_pull_request", "fact_pull_request_detail", "fact_rollback"],
  "write activity": [
    "fact_review",
    "fact_ci_run",
    "fact_deployment",
    "fact_incident",
    "fact_defect",
    "fact_closed_pull_request",
    "fact_pull_request_flow",
  ],
  "write costs": ["fact_cost"],
  "vacuum and analyse": [],
} as const;
export type StepName = keyof typeof STEP_TABLES;

/** One part of a load. */
export interface LoadStep {
  name: StepName;
  /** Events that it read. */
  events: number;
  seconds: number;
}

export type LoadProgress = (step: string, done: number, total: number | null) => void;

async function step(name: StepName, work: () => Promise<number>): Promise<LoadStep> {
  const started = performance.now();
  const events = await work();
  return { name, events, seconds: (performance.now() - started) / 1000 };
}

/** Appends each repository's line in a transaction of its own, as an import does. */
async function appendLines(company: Company, orgId: number, onProgress: LoadProgress): Promise<number> {
  let appended = 0;
  for (const [index, repository] of company.repositories.entries()) {
    const work = planWork(company, repository);
    const { added } = await withTransaction(
      (client) => appendEvents(client, inBatches(lineEvents(company, repository, work, orgId))),
      { bulk: true },
    );
    appended += added;
    onProgress("Appending events", index + 1, company.repositories.length);
  }
  return appended;
}

function* allActivity(company: Company, orgId: number, onProgress: LoadProgress): Generator<FleetEvent> {
  for (const [index, repository] of company.repositories.entries()) {
    yield* activityEvents(company, repository, planWork(company, repository), orgId);
    onProgress("Writing what happens around pull requests", index + 1, company.repositories.length);
  }
}

/** Writes events as facts without keeping them in the log: rows by the ten million would say nothing more there. */
async function writeFacts(events: Iterable<FleetEvent>): Promise<number> {
  let written = 0;
  await withTransaction(
    (client) =>
      writeActivityFacts(
        client,
        inBatches(events, (done) => {
          written = done;
        }),
      ),
    { bulk: true },
  );
  return written;
}

/**
 * Loads a company into the database of the pool through the product's own log and projections.
 * @returns how long each part took
 */
export async function loadCompany(size: CompanySize, onProgress: LoadProgress): Promise<LoadStep[]> {
  const company = foundCompany(size);
  const orgId = await writeSettings(company);
  const steps = [await step("append to the log", () => appendLines(company, orgId, onProgress))];
  const appended = steps[0]?.events ?? 0;
  let repositories = 0;
  steps.push(
    await step("project pull requests", async () => {
      await projectPending((_key, done, total) => {
        if (done === total) onProgress("Projecting", ++repositories, company.repositories.length);
      });
      return appended;
    }),
    await step("write activity", () => writeFacts(allActivity(company, orgId, onProgress))),
    await step("write costs", () => writeFacts(costEvents(company, orgId))),
    await step("vacuum and analyse", async () => {
      await vacuumAnalyze();
      return 0;
    }),
  );
  return steps;
}
