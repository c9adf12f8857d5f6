import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

/** A repository of which everything is known and nothing is wrong; name what should differ. */
export function repositoryHealth(different: Partial<RepositoryHealth> = {}): RepositoryHealth {
  return {
    org: "acme",
    repo: "acme/api",
    isSample: false,
    url: null,
    branch: "main",
    completeFrom: null,
    completeTo: "2026-10-31T08:41:00Z",
    history: "full",
    lineCounts: "known",
    pullRequestRefs: true,
    landed: 110,
    merged: 100,
    squash: 100,
    mergeCommit: 0,
    rebase: 0,
    direct: 10,
    strong: 40,
    weak: 5,
    unmarked: 55,
    unknownLines: 0,
    unresolved: 0,
    futureDated: 0,
    missingCommits: 0,
    pending: false,
    weekly: [],
    missing: [],
    unassigned: 0,
    github: null,
    way: { pullRequests: 25, opened: 25, reviewed: 25, approved: 25, deployed: 25 },
    lastRun: "2026-10-31T08:00:00Z",
    lastDeployment: "2026-10-31T08:00:00Z",
    ...different,
  };
}
