import { AppError } from "@/lib/core/errors";
import type { FleetEvent, FleetEventKind, FleetEventOf, PayloadOf } from "@/lib/events/schema";
import { fleetEventSchema } from "@/lib/events/schema";
import type { PullSummary } from "@/lib/sources/contract";
import { type GitHistoryCount, type GitHistoryOptions, gitHistorySource } from "@/lib/sources/git-history";

const payloadOf = <E extends FleetEvent>(event: E): E["payload"] => event.payload;

export const NOW = new Date("2026-06-01T00:00:00Z");

/** Everything one pull gave, with every event checked against the vocabulary. */
export class Pulled {
  constructor(
    readonly events: FleetEvent[],
    readonly summary: PullSummary<GitHistoryCount>,
  ) {}

  payloads<K extends FleetEventKind>(kind: K): FleetEventOf<K>["payload"][] {
    const ofKind = (event: FleetEvent): event is FleetEventOf<K> => event.kind === kind;
    return this.events.filter(ofKind).map(payloadOf);
  }

  merged(number: number): PayloadOf<"pull_request.merged"> {
    const found = this.payloads("pull_request.merged").find((payload) => payload.number === number);
    if (found === undefined) throw new Error(`Pull request ${number} was not found`);
    return found;
  }

  landed(sha: string): PayloadOf<"commit.landed"> {
    const found = this.payloads("commit.landed").find((payload) => payload.sha === sha);
    if (found === undefined) throw new Error(`Commit ${sha} was not found`);
    return found;
  }

  /** Own commits of a pull request, oldest first. */
  own(number: number): PayloadOf<"pull_request.commit">[] {
    return this.payloads("pull_request.commit").filter((payload) => payload.number === number);
  }

  observed(): PayloadOf<"repository.observed"> {
    const [observed, ...more] = this.payloads("repository.observed");
    if (observed === undefined || more.length > 0) throw new Error("A pull observes its repository exactly once");
    return observed;
  }

  warnings(): string[] {
    return this.summary.warnings.map(({ code }) => code);
  }
}

export async function pullGit(options: GitHistoryOptions, now = NOW): Promise<Pulled> {
  const events: FleetEvent[] = [];
  let summary: PullSummary<GitHistoryCount> | null = null;
  const context = {
    orgId: 7,
    now,
    onProgress: () => {},
    onSummary: (given: PullSummary<GitHistoryCount>) => {
      summary = given;
    },
  };
  for await (const batch of gitHistorySource.pull(options, context)) events.push(...batch);
  if (summary === null) throw new Error("The pull ended without a summary");
  for (const event of events) fleetEventSchema.parse(event);
  return new Pulled(events, summary);
}

/** The error that a pull ends with; fails when it gives anything before. */
export async function pullFailure(options: GitHistoryOptions, now = NOW): Promise<AppError> {
  let batches = 0;
  try {
    const context = { orgId: 7, now, onProgress: () => {} };
    for await (const _ of gitHistorySource.pull(options, context)) batches += 1;
  } catch (error) {
    if (error instanceof AppError && batches === 0) return error;
    throw error;
  }
  throw new Error("The pull did not fail");
}
