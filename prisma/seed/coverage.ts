import type { FleetEvent } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { isWork, type Landing } from "./changes";
import { SAMPLE_SEED } from "./company";
import type { RepositoryContext } from "./envelope";
import { randomStream } from "./random";

/** Some repositories do not report coverage. */
const REPORTING = 0.7;
/** Lines that tests could run, of those that are added. */
const COVERABLE = 0.6;
const RUN = { agent: 0.79, assisted: 0.74, human: 0.66, automation: 0.6 } as const;
const CODE = /\.(?:ts|tsx|js|py|go|kt|java|swift|rb|rs)$/;

/** What CI measured of merged pull requests: the whole repository before and after, and the changed lines. */
export function coverageReports(
  { repository, envelope }: RepositoryContext,
  landings: readonly Landing[],
): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/coverage`);
  if (!random.chance(REPORTING)) return [];
  const base = { covered: 0, total: random.int(3000, 9000) };
  base.covered = Math.round(base.total * random.between(0.58, 0.82));
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { at, change, files, number } = landing;
    if (!isWork(landing) || number === null) continue;
    const added = files.reduce((sum, { add, path }) => (CODE.test(path) ? sum + (add ?? 0) : sum), 0);
    const total = Math.round(added * COVERABLE * random.between(0.7, 1.3));
    if (total === 0) continue;
    const share = Math.min(1, Math.max(0, RUN[change.credit.authorship] + random.between(-0.25, 0.25)));
    const covered = Math.round(total * share);
    const head = { covered: base.covered + covered, total: base.total + total };
    events.push({
      ...envelope(`pull_request:${number}:coverage`, at, pullRequestSubject(repository.name, number), null),
      kind: "coverage.reported",
      payload: { number, head, base: { ...base }, patch: { covered, total } },
    });
    Object.assign(base, head);
  }
  return events;
}
