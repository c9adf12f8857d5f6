import type { FleetEvent } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { SAMPLE_END } from "./calendar";
import { isWork, type Landing } from "./changes";
import { SAMPLE_SEED } from "./company";
import type { RepositoryContext } from "./envelope";
import { randomStream } from "./random";

const DAY_MS = 86_400_000;
const CHURN_MS = 21 * DAY_MS;
/** Of the added lines those that are written again within 21 days, and of these those within 14. */
const AGAIN = { agent: 0.11, assisted: 0.085, human: 0.06, automation: 0.02 } as const;
const EARLY = 0.72;

/** What became of the lines of merged pull requests, as reading a clone would tell: told when 21 days are over. */
export function churnMeasurements(
  { repository, envelope }: RepositoryContext,
  landings: readonly Landing[],
): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/churn`);
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { at, change, files, number } = landing;
    if (!isWork(landing) || number === null || at + CHURN_MS > SAMPLE_END) continue;
    const share = random.chance(0.55) ? 0 : AGAIN[change.credit.authorship] * random.between(0.4, 4);
    const churned = files.flatMap(({ add, path }) => {
      const lines = add ?? 0;
      if (lines === 0) return [];
      const gone21d = Math.min(lines, Math.round(lines * share));
      return [{ path, lines, gone14d: Math.round(gone21d * EARLY), gone21d }];
    });
    events.push({
      ...envelope(`pull_request:${number}:churn`, at + CHURN_MS, pullRequestSubject(repository.name, number), null),
      kind: "code_churn.measured",
      payload: { number, files: churned },
    });
  }
  return events;
}
