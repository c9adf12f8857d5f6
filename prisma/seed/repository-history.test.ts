import { describe, expect, it } from "vitest";
import { createRevertResolver } from "@/lib/attribution/reverts/resolver";
import type { RevertVerdict } from "@/lib/attribution/types";
import type { PayloadOf } from "@/lib/events/schema";
import { directLanding, pullRequestLanding } from "@/lib/facts/landings";
import type { Change, Landing } from "./changes";
import { REPOSITORIES } from "./company";
import { repositoryHistory } from "./repository-history";

const keyOf = ({ number, mergeSha }: Landing): string => (number === null ? `sha:${mergeSha}` : `pr:${number}`);

/** What the product's own resolver says of a repository's events, by change. */
function verdictsOf(
  events: ReturnType<typeof repositoryHistory>["events"],
  repo: string,
): Map<string, RevertVerdict[]> {
  const commits: PayloadOf<"commit.landed">[] = [];
  const merged = new Map<string, PayloadOf<"pull_request.merged">>();
  const own = new Map<number, PayloadOf<"pull_request.commit">[]>();
  for (const event of events) {
    if (event.kind === "commit.landed") commits.push(event.payload);
    if (event.kind === "pull_request.merged")
      for (const sha of event.payload.landedShas) merged.set(sha, event.payload);
    if (event.kind === "pull_request.commit") {
      own.set(event.payload.number, [...(own.get(event.payload.number) ?? []), event.payload]);
    }
  }
  const resolver = createRevertResolver({ repo });
  const verdicts = new Map<string, RevertVerdict[]>();
  for (const commit of commits) {
    const pull = merged.get(commit.sha);
    if (pull !== undefined && pull.mergeSha !== commit.sha) continue;
    const landing =
      pull === undefined
        ? directLanding(commit)
        : pullRequestLanding(
            repo,
            pull,
            commits.filter(({ sha }) => pull.landedShas.includes(sha)),
            { own: own.get(pull.number) ?? [], issues: undefined },
          );
    verdicts.set(landing.change.key, resolver.push(landing.change));
  }
  return verdicts;
}

// Squash with a queue and a mass revert, merge commits, rebase merges.
describe.each(["mobile-app", "infra-terraform", "design-system"])("history of %s", (name) => {
  const repository = REPOSITORIES.find((candidate) => candidate.name === name);
  if (repository === undefined) throw new Error(`no repository ${name}`);
  const { events, landings } = repositoryHistory(1, repository);
  const landed = new Map<Change, Landing>(landings.map((landing) => [landing.change, landing]));

  it("says what it takes back in words and blobs that the product resolves", () => {
    const verdicts = verdictsOf(events, name);
    const planned: string[] = [];
    const found: string[] = [];
    for (const landing of landings) {
      const { change } = landing;
      if (change.kind === "undo") {
        const kind = change.undo === "revert" ? "revert" : change.undo;
        for (const target of change.targets) {
          const known = landed.get(target);
          if (known !== undefined) planned.push(`${keyOf(landing)} ${kind} ${keyOf(known)}`);
        }
      }
      for (const verdict of verdicts.get(keyOf(landing)) ?? []) {
        const kind = verdict.kind === "undeclared" ? "revert" : verdict.kind;
        for (const target of verdict.targets) found.push(`${keyOf(landing)} ${kind} ${target.key}`);
      }
    }
    expect(found.sort()).toEqual(planned.sort());
    expect(planned.length).toBeGreaterThan(5);
  });

  it("reverts after the target landed and numbers by opening time", () => {
    for (const { change, at } of landings) {
      if (change.kind !== "undo") continue;
      for (const target of change.targets) expect(landed.get(target)?.at).toBeLessThan(at);
    }
    const opened = events.flatMap((event) => (event.kind === "pull_request.opened" ? [event] : []));
    const byNumber = opened.sort((left, right) => left.payload.number - right.payload.number);
    const times = byNumber.map((event) => Date.parse(event.occurredAt));
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });

  it("never reverts documentation", () => {
    for (const { change } of landings) {
      if (change.kind !== "undo") continue;
      for (const target of change.targets) expect(target.kind === "ordinary" && target.task === "docs").toBe(false);
    }
  });

  it("runs its clocks backwards only behind a merge queue, and rarely", () => {
    const backwards = landings.filter((landing, index) => landing.at < (landings[index - 1]?.at ?? 0)).length;
    expect(backwards).toBeLessThan(repository.queue ? 0.01 * landings.length : 1);
  });

  it("keeps reviews, checks and commits between opening and merge", () => {
    const ends = new Map(landings.map((landing) => [landing.number, landing.at]));
    for (const event of events) {
      if (event.kind !== "review.submitted" && event.kind !== "ci_run.finished") continue;
      const end = event.payload.number === null ? undefined : ends.get(event.payload.number);
      if (end !== undefined) expect(Date.parse(event.occurredAt)).toBeLessThanOrEqual(end);
    }
  });
});
