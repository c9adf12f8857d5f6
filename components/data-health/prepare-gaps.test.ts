import { describe, expect, it } from "vitest";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { repositoryHealth } from "@/tests/factories/repository-health";
import { prepareGaps } from "./prepare-gaps";

const whole = repositoryHealth();
const idsOf = (...changes: Partial<RepositoryHealth>[]) =>
  prepareGaps(changes.map((change) => ({ ...whole, ...change }))).map(({ id }) => id);

describe("prepareGaps", () => {
  it("finds nothing in a whole mirror", () => expect(idsOf({}, {})).toEqual([]));

  it("names each kind once, whatever the number of repositories", () => {
    expect(
      idsOf(
        { history: "shallow", pullRequestRefs: false },
        { history: "since", pullRequestRefs: false },
        { pending: true },
      ),
    ).toEqual(["pending", "shallow", "refs", "since"]);
  });

  it("says of what is told that nothing reads it, and not that a clone lacks contents", () => {
    expect(idsOf({ history: "told", lineCounts: "unknown", unknownLines: 3 })).toEqual(["told"]);
  });

  it("counts over the repositories concerned", () => {
    const gaps = prepareGaps([
      whole,
      { ...whole, repo: "acme/web", lineCounts: "unknown", unknownLines: 70 },
      { ...whole, repo: "acme/app", lineCounts: "unknown", unknownLines: 30 },
    ]);
    expect(gaps).toMatchObject([
      {
        id: "contents",
        title: "Lines are unknown for 100\u00a0pull requests",
        repositories: [{ repo: "acme/web" }, { repo: "acme/app" }],
      },
    ]);
  });

  it("asks nobody to import again what is on its way from GitHub, or was never asked for", () => {
    const github = { state: "reading" as const, readTo: null };
    const unfinished = { history: "since" as const, missingCommits: 40, pending: true };
    expect(idsOf({ ...unfinished, github })).toEqual(["reading"]);
    const followed = { github: { ...github, state: "followed" as const } };
    expect(idsOf({ ...unfinished, ...followed })).toEqual(["pending", "unplaced", "depth"]);
    expect(idsOf({ ...unfinished, github: null })).toEqual(["pending", "missing", "since"]);
  });
});
