import { activityEvents } from "@/bench/company/activity-events";
import { type Company, type CompanyRepository, END } from "@/bench/company/company";
import { laterLineEvents } from "@/bench/company/line-events";
import { planLater } from "@/bench/company/work";
import type { FleetEvent } from "@/lib/events/schema";

const DAY_MS = 86_400_000;
/** What a fetch of a busy repository brings: new pull requests and what happens around them, some fifty events. */
const PULL_REQUESTS = 5;
const AROUND = { reviews: 15, ciRuns: 20, deployments: 1, rollbackDeployments: 0, incidents: 0, defects: 1 } as const;

/** Where a repository's next delivery goes on. */
export interface DeliveryPoint {
  head: string;
  /** Of the next pull request. */
  number: number;
  day: number;
}

/** The next delivery of a repository, and where the one after it goes on. */
export function nextDelivery(
  company: Company,
  repository: CompanyRepository,
  orgId: number,
  { day, head, number }: DeliveryPoint,
): { events: FleetEvent[]; next: DeliveryPoint } {
  const from = END + day * DAY_MS;
  const until = from + DAY_MS;
  const label = `day-${day}`;
  const work = planLater(company, repository, { count: PULL_REQUESTS, from, until, label, number });
  const busy = { ...repository, counts: { ...repository.counts, ...AROUND } };
  const events = [
    ...laterLineEvents(company, repository, work, orgId, { head, landed: [], label }, until),
    ...activityEvents(company, busy, work, orgId, { label: `${label}-`, until }),
  ];
  return { events, next: { head: headOf(events), number: number + PULL_REQUESTS, day: day + 1 } };
}

/** The head that the last observation among these events tells of. */
export function headOf(events: readonly FleetEvent[]): string {
  const observed = events.findLast((event) => event.kind === "repository.observed");
  if (observed === undefined) throw new Error("No event tells of a head");
  return observed.payload.headSha;
}
