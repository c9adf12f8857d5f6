import { activityEvents } from "@/bench/company/activity-events";
import { inBatches } from "@/bench/company/batches";
import { type Company, type CompanyRepository, END } from "@/bench/company/company";
import { laterLineEvents } from "@/bench/company/line-events";
import { planLater, planWork } from "@/bench/company/work";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";

const DAY_MS = 86_400_000;
const LABEL = "new-day";
/** New pull requests of a repository on that day, and what happens around each. */
const PULL_REQUESTS = 5;
const AROUND = { reviews: 15, ciRuns: 20, deployments: 1, rollbackDeployments: 0, incidents: 0, defects: 1 } as const;

/** The head of a repository's line as its facts know it. */
export async function headOf(orgId: number, repo: string): Promise<string> {
  const [row] = await query<{ head_sha: string }>(
    sql`select f.head_sha from fact_repository f join repository r on r.id = f.repo_id
      where f.org_id = ${orgId} and r.name = ${repo}`,
  );
  if (row === undefined) throw new Error(`${repo} has no facts`);
  return row.head_sha;
}

/** Appends one repository's share of a new day, as a fetch of it would bring it: one transaction. */
async function appendDay(company: Company, repository: CompanyRepository, orgId: number): Promise<number> {
  const number = planWork(company, repository).length + 1;
  const until = END + DAY_MS;
  const work = planLater(company, repository, { count: PULL_REQUESTS, from: END, until, label: LABEL, number });
  const head = await headOf(orgId, repository.name);
  const day = { ...repository, counts: { ...repository.counts, ...AROUND } };
  const { added } = await withTransaction(
    (client) =>
      appendEvents(
        client,
        inBatches(
          (function* () {
            yield* laterLineEvents(company, repository, work, orgId, { head, landed: [], label: LABEL }, until);
            yield* activityEvents(company, day, work, orgId, { label: `${LABEL}-`, until });
          })(),
        ),
      ),
    { bulk: true },
  );
  return added;
}

/** Appends a day of the whole company. @returns how many events and pull requests it had */
export async function appendNewDay(company: Company, orgId: number): Promise<{ events: number; pullRequests: number }> {
  let events = 0;
  for (const repository of company.repositories) events += await appendDay(company, repository, orgId);
  return { events, pullRequests: company.repositories.length * PULL_REQUESTS };
}
