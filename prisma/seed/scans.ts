import type { FleetEvent } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { SAMPLE_END } from "./calendar";
import { isWork, type Landing } from "./changes";
import { SAMPLE_SEED } from "./company";
import type { RepositoryContext } from "./envelope";
import { randomStream } from "./random";

const MINUTE_MS = 60_000;
/** Some repositories scan what they merge, and some have the gates that the policy asks for. */
const SCANNING = 0.6;
const GATED = 0.55;
const TOOLS = ["CodeQL", "Semgrep"] as const;
/** Findings per line that is added, by who wrote it. */
const FOUND = { agent: 0.0021, assisted: 0.0016, human: 0.0011, automation: 0.0002 } as const;

/** Gates that a repository may report, beside its build and tests, and how often each passes in the end. */
const GATES: Readonly<Record<string, readonly (readonly [name: string, passes: number])[]>> = {
  docs: [
    ["link check", 0.97],
    ["spelling", 0.99],
  ],
  tests: [
    ["unit tests", 0.99],
    ["coverage", 0.96],
    ["codeql", 0.99],
    ["dependency audit", 0.98],
  ],
  fix: [
    ["unit tests", 0.99],
    ["regression", 0.98],
    ["codeql", 0.99],
    ["performance", 0.97],
    ["coverage", 0.95],
  ],
};

/** What scanners found in pull requests shortly after they were opened, in repositories that scan. */
export function scanReports({ repository, envelope }: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/scans`);
  if (!random.chance(SCANNING)) return [];
  const tool = random.pick(TOOLS);
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { at, change, files, number } = landing;
    if (!isWork(landing) || number === null || change.kind !== "ordinary") continue;
    const added = files.reduce((sum, { add }) => sum + (add ?? 0), 0);
    const expected = added * FOUND[change.credit.authorship];
    const findings = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    const scannedAt = Math.min(at - 1000, change.openedAt + random.int(3, 20) * MINUTE_MS);
    events.push({
      ...envelope(`pull_request:${number}:scan`, scannedAt, pullRequestSubject(repository.name, number), null),
      kind: "findings.reported",
      payload: { number, tool, findings },
    });
  }
  return events;
}

/** The gates of the policy, in repositories that have them: most work of the kinds that may merge themselves reports them. */
export function gateRuns({ repository, envelope }: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/gates`);
  if (!random.chance(GATED)) return [];
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { at, change, number } = landing;
    if (!isWork(landing) || number === null || change.kind !== "ordinary") continue;
    const gates = GATES[change.task] ?? [];
    const headSha = landing.shas.at(-1) ?? landing.mergeSha;
    for (const [check, passes] of gates) {
      if (random.chance(0.03)) continue;
      const conclusion = random.chance(passes) ? "success" : "failure";
      events.push({
        ...envelope(
          `pull_request:${number}:gate:${check}`,
          Math.max(change.openedAt, at - random.int(2, 9) * MINUTE_MS),
          pullRequestSubject(repository.name, number),
          null,
        ),
        kind: "ci_run.finished",
        payload: { number, headSha, check, conclusion, seconds: random.int(20, 400) },
      });
    }
  }
  return events;
}

const CAUGHT = [
  "counts an entry twice",
  "accepts an empty name",
  "forgets the time zone",
  "does not release its lock",
  "answers 500 to a long query",
] as const;
/** Reviews and tests record what they find, in some repositories. */
const RECORDING = 0.5;
const CAUGHT_CHANCE = { agent: 0.075, assisted: 0.06, human: 0.045, automation: 0 } as const;

/** Defects that were found and recorded before the pull request that brings them was merged. */
export function caughtDefects({ repository, envelope }: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const random = randomStream(SAMPLE_SEED, `${repository.name}/caught`);
  if (!random.chance(RECORDING)) return [];
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { at, change, number } = landing;
    if (!isWork(landing) || number === null || change.kind !== "ordinary") continue;
    if (!random.chance(CAUGHT_CHANCE[change.credit.authorship])) continue;
    const foundAt = change.openedAt + Math.floor((at - change.openedAt) * random.between(0.1, 0.9));
    const defect = `REV-${repository.name}-${events.length + 1}`;
    if (foundAt >= SAMPLE_END) continue;
    events.push({
      ...envelope(`defect:${defect}:opened`, foundAt, `defect:${defect}`, null),
      kind: "defect.opened",
      payload: {
        defect,
        title: `${repository.name} ${random.pick(CAUGHT)}`,
        severity: random.weighted({ high: 15, medium: 50, low: 35 }),
        security: false,
        causedByNumber: number,
        beforeMerge: true,
      },
    });
  }
  return events;
}
