import type {
  Account,
  CheckContext,
  Deployment,
  Issue,
  PullRequest,
  Release,
  ReviewComment,
  ReviewThread,
  WorkflowRun,
} from "./model";
import { instant, MINUTE_MS, show } from "./values";

/** Which repository: its owner, its name, its position. */
export interface Place {
  login: string;
  name: string;
  index: number;
}

/** A bug that names what caused it, an incident that ended, or a wish that somebody gave to an agent. */
export function issueOf(
  { login, name }: Place,
  number: number,
  { agent, at, author, by }: { at: number; author: Account; by: Account; agent: Account },
): Issue {
  const kind = (["bug", "incident", "enhancement"] as const)[(number / 9) % 3] ?? "bug";
  const asks = kind === "enhancement";
  const closedAt = kind === "incident" ? instant(at + 60 * MINUTE_MS) : null;
  return {
    id: `I_${login}_${name}_${number}`,
    number: 100_000 + number,
    title: `Something about ${number}`,
    body: kind === "bug" ? `Caused by #${number}.` : "",
    createdAt: instant(at),
    updatedAt: closedAt ?? instant(at),
    closedAt,
    stateReason: closedAt === null ? null : "COMPLETED",
    labels: [kind === "bug" ? "kind/bug" : kind, "priority: high"],
    author: author,
    timeline: asks
      ? [
          {
            __typename: "LabeledEvent",
            id: `LE_${name}_${number}`,
            createdAt: instant(at),
            actor: show(by),
            label: { name: kind },
          },
          {
            __typename: "AssignedEvent",
            id: `AE_${name}_${number}`,
            createdAt: instant(at),
            actor: show(by),
            assignee: show(agent),
          },
        ]
      : [],
    closedBy: asks ? [number] : [],
  };
}

/** Comments on lines, some answered, some resolved; now and then more than a page of them. */
export function threadsOf(
  { index: repository, login: owner, name }: Place,
  number: number,
  by: Account,
  { at, headRefOid }: { at: number; headRefOid: string },
): { threads: ReviewThread[]; comments: ReviewComment[] } {
  const count = number % 43 === 0 ? 60 : number % 4 === 0 ? 2 : 0;
  const { databaseId: id, login, type } = by;
  const comments: ReviewComment[] = [];
  const threads = Array.from({ length: count }, (_, index) => {
    const path = `src/module-${number % 11}/file-${index % 4}.ts`;
    const first = (repository + 1) * 10_000_000 + number * 1000 + index * 2;
    const clock = instant(at + index * 1000);
    const comment: ReviewComment = {
      id: first,
      pull_request_url: `https://api.github.test/repos/${owner}/${name}/pulls/${number}`,
      user: { id, login, type },
      path,
      original_commit_id: headRefOid,
      created_at: clock,
      updated_at: clock,
    };
    comments.push(comment);
    if (index % 2 === 0) {
      comments.push({ ...comment, id: first + 1, in_reply_to_id: first });
    }
    const isResolved = index % 2 === 0;
    return {
      id: `PRRT_${name}_${number}_${index}`,
      path,
      isResolved,
      isOutdated: index % 3 === 0,
      resolvedBy: isResolved ? by : null,
    };
  });
  return { comments, threads };
}

/** A job of Actions, which is told of as a run of its workflow, one of another program, and a status. */
export function checksOf(repository: string, number: number, at: number): CheckContext[] {
  const run = (name: string, app: string, workflowRun: { id: string } | null, index = 0): CheckContext => ({
    __typename: "CheckRun",
    id: `CR_${repository}_${number}_${name}_${index}`,
    name,
    conclusion: number % 6 === 0 ? "FAILURE" : "SUCCESS",
    startedAt: instant(at),
    completedAt: instant(at + 4 * MINUTE_MS),
    checkSuite: { app: { name: app, slug: app }, workflowRun },
  });
  if (number % 2 === 0) return [];
  const many = number % 45 === 0 ? 70 : 1;
  return [
    run("test", "github-actions", { id: `WFR_${number}` }, 900),
    ...Array.from({ length: many }, (_, index) => run(`scan ${index}`, "scanner", null, index)),
    {
      __typename: "StatusContext",
      id: `SC_${repository}_${number}`,
      context: "ci/circleci",
      state: number % 5 === 0 ? "PENDING" : "SUCCESS",
      createdAt: instant(at + 5 * MINUTE_MS),
      creator: null,
    },
  ];
}

/** Some are drafts, some before the release proper, some have no commit any more. */
export function releaseOf(repository: string, { mergedAt, number }: PullRequest, landed: string): Release {
  const isDraft = number % 40 === 0;
  return {
    id: `RE_${repository}_${number}`,
    tagName: `v0.${number}.0`,
    name: null,
    isDraft,
    isPrerelease: number % 20 === 0,
    createdAt: mergedAt as string,
    publishedAt: isDraft ? null : mergedAt,
    tagCommit: number % 30 === 0 ? null : landed,
    author: null,
  };
}

export function workflowRunOf(
  pull: PullRequest,
  { end, failed, start }: { start: number; end: number; failed: boolean },
): WorkflowRun {
  return {
    id: pull.databaseId,
    run_attempt: 1,
    name: "CI",
    head_sha: pull.headRefOid,
    status: "completed",
    conclusion: failed ? "failure" : "success",
    run_started_at: instant(start),
    created_at: instant(start),
    updated_at: instant(end),
    actor: pull.author && { id: pull.author.databaseId, login: pull.author.login, type: pull.author.type },
    pull_requests: [{ number: pull.number }],
  };
}

export function deploymentOf(repository: string, pull: PullRequest, landed: string, creator: Account): Deployment {
  const at = Date.parse(pull.mergedAt ?? pull.updatedAt) + 5 * MINUTE_MS;
  return {
    id: `DE_${repository}_${pull.number}`,
    commitOid: landed,
    environment: pull.number % 8 === 0 ? "production" : `pr-${pull.number}`,
    task: "deploy",
    description: null,
    createdAt: instant(at),
    creator: creator,
    statuses: [
      { id: `DS_${repository}_${pull.number}_1`, state: "IN_PROGRESS", createdAt: instant(at) },
      { id: `DS_${repository}_${pull.number}_2`, state: "SUCCESS", createdAt: instant(at + MINUTE_MS) },
    ],
  };
}
