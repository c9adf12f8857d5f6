import { type Company, END } from "@/bench/company/company";
import { laterLineEvents } from "@/bench/company/line-events";
import { planLater } from "@/bench/company/work";
import { type Sample, sampleOf, timed } from "@/bench/report/sample";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { openFacts } from "@/lib/metrics/columns/store";
import { headOf } from "./new-day";

const DAY_MS = 86_400_000;
const ROUNDS = 20;

export interface Freshness {
  /** Opening the facts when nothing has changed. */
  unchanged: Sample;
  /** Opening them right after another pull request was committed. */
  changed: Sample;
  /** From the append of the event to an answer that holds it: append, project, open. */
  eventToAnswer: Sample;
}

/**
 * How long a process needs to see what was committed, one new pull request at a time.
 * @param firstNumber above every number that the chosen repository holds
 * @throws when an answer misses what was committed before the question
 */
export async function measureFreshness(company: Company, orgId: number, firstNumber: number): Promise<Freshness> {
  const [repository] = company.repositories;
  if (repository === undefined) throw new RangeError("a company without repositories");
  const scope = SYSTEM_SCOPE;
  const rows = async () => (await openFacts(scope)).table(orgId)?.length ?? 0;
  let known = await rows();
  const times = { unchanged: [] as number[], changed: [] as number[], eventToAnswer: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = END + (5 + round) * DAY_MS;
    const until = from + DAY_MS;
    const label = `fresh-${round}`;
    const work = planLater(company, repository, { count: 1, from, until, label, number: firstNumber + round });
    const end = { head: await headOf(orgId, repository.name), landed: [], label };
    const events = [...laterLineEvents(company, repository, work, orgId, end, until)];
    times.unchanged.push((await timed(rows)).ms);
    const started = performance.now();
    await withTransaction((client) => appendEvents(client, [events]));
    await projectPending();
    const { result, ms } = await timed(rows);
    times.eventToAnswer.push(performance.now() - started);
    times.changed.push(ms);
    if (result !== known + 1) throw new Error(`After one more pull request there are ${result - known} more`);
    known = result;
  }
  return {
    unchanged: sampleOf(times.unchanged),
    changed: sampleOf(times.changed),
    eventToAnswer: sampleOf(times.eventToAnswer),
  };
}
