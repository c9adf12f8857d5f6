import type { FleetEvent, FleetEventOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { iso } from "./calendar";
import { isWork, type Landing } from "./changes";
import { SAMPLE_SEED } from "./company";
import type { RepositoryContext } from "./envelope";
import { randomStream } from "./random";

const DAY_MS = 86_400_000;
/** Of the bugs that are closed those that name no cause and whose fix changes lines of a known pull request. */
const TRACED = 0.15;
/** How long before the issue what caused it was merged, at most. */
const RECENT_MS = 60 * DAY_MS;
const WEIGHT = { agent: 5, assisted: 4, human: 3, automation: 0 } as const;

/** Bugs that name no cause, and whose lines their fixes change: what blame of a clone would tell. */
export function fixTraces(
  { repository, envelope }: RepositoryContext,
  landings: readonly Landing[],
  links: readonly FleetEvent[],
): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/fixes`);
  const byNumber = new Map(landings.map((landing) => [landing.number, landing]));
  const isBug = (event: FleetEvent): event is FleetEventOf<"pull_request.issue_linked"> =>
    event.kind === "pull_request.issue_linked" && event.payload.labelled.some(({ label }) => label === "bug");
  return links.filter(isBug).flatMap(({ payload: { issue, number, updatedAt } }): FleetEvent[] => {
    const opened = Date.parse(updatedAt);
    const fix = byNumber.get(number);
    const recent = landings.filter((one) => isWork(one) && one.at < opened && one.at > opened - RECENT_MS);
    if (fix === undefined || recent.length === 0 || !random.chance(TRACED)) return [];
    const choices = recent.flatMap((one) => Array<Landing>(WEIGHT[one.change.credit.authorship]).fill(one));
    const [owner, other] = [random.pick(choices), random.pick(recent)];
    const path = fix.files[0]?.path ?? "src/index.ts";
    const lines = random.int(2, 14);
    const own = Math.ceil(lines * random.between(0.35, 1));
    const owners = [owner, ...(other === owner || own === lines ? [] : [other])].flatMap(({ at, number: by }, index) =>
      by === null ? [] : { number: by, mergedAt: iso(at), lines: index === 0 ? own : lines - own },
    );
    const defect = `github:${repository.name}#${issue}`;
    return [
      {
        ...envelope(`defect:issue-${issue}:opened`, opened, `defect:${defect}`, null),
        kind: "defect.opened",
        payload: {
          defect,
          title: `${repository.name}: issue ${issue}`,
          severity: random.weighted({ high: 15, medium: 50, low: 35 }),
          security: false,
          causedByNumber: null,
        },
      },
      {
        ...envelope(`pull_request:${number}:traced`, fix.at, pullRequestSubject(repository.name, number), null),
        kind: "fix.traced",
        payload: { number, files: [{ path, lines, owners: owners.sort((a, b) => a.number - b.number) }] },
      },
    ];
  });
}
