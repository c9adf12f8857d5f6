import type { FleetEvent } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { iso } from "./calendar";
import { isWork, type Landing } from "./changes";
import { SAMPLE_SEED } from "./company";
import type { RepositoryContext } from "./envelope";
import { personActor } from "./people";
import { randomStream } from "./random";
import type { TaskKind } from "./tasks";

const DAY_MS = 86_400_000;

/** Label of the issue behind a kind of task, and how often there is one. */
const ISSUES: Partial<Record<TaskKind, { label: string; chance: number }>> = {
  feature: { label: "enhancement", chance: 0.72 },
  fix: { label: "bug", chance: 0.66 },
  fix_wide: { label: "bug", chance: 0.6 },
  security: { label: "bug", chance: 0.3 },
};
/** Some features take a second pull request. */
const SECOND_PART = 0.12;

/** The issues that merged pull requests close. Their numbers are those that no pull request has. */
export function issueLinks({ repository, envelope }: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/issues`);
  const taken = new Set(landings.map(({ number }) => number));
  const events: FleetEvent[] = [];
  let issue = 0;
  let unfinished: number | null = null;
  for (const landing of landings) {
    const { at, change, number } = landing;
    if (!isWork(landing) || number === null || change.kind !== "ordinary") continue;
    const kind = ISSUES[change.task];
    if (kind === undefined || !random.chance(kind.chance)) continue;
    const isFeature = change.task === "feature";
    if (!isFeature || unfinished === null)
      do issue += 1;
      while (taken.has(issue));
    const closed: number = isFeature ? (unfinished ?? issue) : issue;
    if (isFeature) unfinished = unfinished === null && random.chance(SECOND_PART) ? closed : null;
    const openedAt = Math.max(0, change.openedAt - random.int(1, 12) * DAY_MS);
    const reporter = personActor(change.credit.person);
    events.push({
      ...envelope(`pull_request:${number}:issue:${closed}`, at, pullRequestSubject(repository.name, number), reporter),
      kind: "pull_request.issue_linked",
      payload: {
        number,
        issue: closed,
        assigned: [],
        labelled: [{ label: kind.label, by: null }],
        updatedAt: iso(openedAt),
      },
    });
  }
  return events;
}
