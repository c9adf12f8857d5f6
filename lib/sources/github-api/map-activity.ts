import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { commitSubject, pullRequestSubject, repositorySubject } from "@/lib/events/schema";
import type { ApiCheckContext, ApiDeployment, ApiRelease, ApiReviewComment, ApiWorkflowRun } from "./activity-answers";
import type { CheckedPullRequest } from "./checks";
import { mapActor } from "./map-actor";
import { eventBase, type MapContext, toInstant } from "./map-context";

const CONCLUSION: Readonly<Record<string, PayloadOf<"ci_run.finished">["conclusion"]>> = {
  success: "success",
  failure: "failure",
  startup_failure: "failure",
  action_required: "neutral",
  stale: "cancelled",
  cancelled: "cancelled",
  timed_out: "timed_out",
  skipped: "skipped",
  neutral: "neutral",
};

/** An attempt of a workflow's run that has ended; none for one that is still going. */
export function mapWorkflowRun(context: MapContext, run: ApiWorkflowRun): FleetEvent[] {
  const conclusion = run.conclusion === null ? undefined : CONCLUSION[run.conclusion];
  if (run.status !== "completed" || conclusion === undefined) return [];
  return [
    {
      ...eventBase(context, `workflow_run:${run.id}:${run.run_attempt ?? 1}`),
      kind: "ci_run.finished",
      subject: commitSubject(context.repo, run.head_sha),
      occurredAt: toInstant(run.updated_at),
      actor: run.actor
        ? mapActor({ __typename: run.actor.type, databaseId: run.actor.id, login: run.actor.login })
        : null,
      payload: {
        // Empty for a branch of a fork: the commit tells then.
        number: run.pull_requests?.[0]?.number ?? null,
        headSha: run.head_sha,
        check: run.name ?? "workflow",
        conclusion,
        seconds: secondsBetween(run.run_started_at ?? run.created_at, run.updated_at),
      },
    },
  ];
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

const STATUS: Readonly<Record<string, PayloadOf<"ci_run.finished">["conclusion"]>> = {
  SUCCESS: "success",
  FAILURE: "failure",
  ERROR: "failure",
};

/**
 * What programs other than Actions, whose runs are read by themselves, found in the last commit of a pull request; nothing
 * of those that are still at it.
 */
export function mapChecks(context: MapContext, pull: CheckedPullRequest): FleetEvent[] {
  return pull.contexts.flatMap((found) => mapCheck(context, pull, found) ?? []);
}

function mapCheck(
  context: MapContext,
  { headSha, number }: CheckedPullRequest,
  found: ApiCheckContext,
): FleetEvent | null {
  const of = { kind: "ci_run.finished" as const, subject: commitSubject(context.repo, headSha) };
  if (found.__typename === "StatusContext") {
    const conclusion = STATUS[found.state];
    if (conclusion === undefined) return null;
    return {
      ...eventBase(context, `status:${found.id}`),
      ...of,
      occurredAt: toInstant(found.createdAt),
      actor: mapActor(found.creator),
      payload: { number, headSha, check: found.context, conclusion, seconds: null },
    };
  }
  const { checkSuite, completedAt, startedAt } = found;
  const conclusion = CONCLUSION[found.conclusion?.toLowerCase() ?? ""];
  if (checkSuite.workflowRun !== null || conclusion === undefined || completedAt === null) return null;
  return {
    // Its number is beyond what GraphQL calls an Int.
    ...eventBase(context, `check_run:${found.id}`),
    ...of,
    occurredAt: toInstant(completedAt),
    actor: checkSuite.app && {
      type: "bot",
      id: null,
      login: `${checkSuite.app.slug}[bot]`,
      name: checkSuite.app.name,
      email: null,
    },
    payload: {
      number,
      headSha,
      check: found.name,
      conclusion,
      seconds: startedAt === null ? null : secondsBetween(startedAt, completedAt),
    },
  };
}

const ENDED: Readonly<Record<string, "success" | "failure">> = {
  SUCCESS: "success",
  FAILURE: "failure",
  ERROR: "failure",
};

/** Environments that exist for one pull request are no deployment of the product. */
const TRANSIENT = /^(?:pr|pull|preview|review)[-_/ ]?(?:app|env)?[-_/ ]?\d+$|^(?:preview|review|github-pages)\b/i;

/** How a deployment went: the first status that is an end. `INACTIVE` only says that a later one took its place. */
export function mapDeployment(context: MapContext, deployment: ApiDeployment): FleetEvent[] {
  const environment = deployment.originalEnvironment ?? deployment.environment ?? "";
  if (environment === "" || TRANSIENT.test(environment)) return [];
  const ended = (deployment.statuses?.nodes ?? [])
    .filter(({ state }) => ENDED[state] !== undefined)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1))[0];
  const status = ended && ENDED[ended.state];
  if (ended === undefined || status === undefined) return [];
  const said = `${deployment.task ?? ""} ${deployment.description ?? ""}`;
  return [
    {
      ...eventBase(context, `deployment:${deployment.id}`),
      kind: "deployment.finished",
      subject: repositorySubject(context.repo),
      occurredAt: toInstant(ended.createdAt),
      actor: mapActor(deployment.creator),
      payload: {
        service: context.repo,
        environment,
        sha: deployment.commitOid,
        status,
        deploymentKind: /\broll(?:ed)?[ -]?back\b/i.test(said)
          ? "rollback"
          : /\bhot-?fix\b/i.test(said)
            ? "hotfix"
            : "change",
        numbers: [],
      },
    },
  ];
}

/** A release that people were told of; nothing of a draft. */
export function mapRelease(context: MapContext, release: ApiRelease): FleetEvent[] {
  if (release.isDraft || release.publishedAt === null) return [];
  return [
    {
      ...eventBase(context, `release:${release.id}`),
      kind: "release.published",
      subject: repositorySubject(context.repo),
      occurredAt: toInstant(release.publishedAt),
      actor: mapActor(release.author),
      payload: {
        tag: release.tagName,
        name: release.name,
        sha: release.tagCommit?.oid ?? null,
        isPrerelease: release.isPrerelease,
      },
    },
  ];
}

const PULL_REQUEST_URL = /\/pulls\/(\d{1,9})$/;

/** A comment on a line of a pull request; nothing of one whose pull request cannot be told. */
export function mapReviewComment(context: MapContext, comment: ApiReviewComment): FleetEvent[] {
  const number = Number(PULL_REQUEST_URL.exec(comment.pull_request_url)?.[1] ?? 0);
  if (number === 0) return [];
  const { user } = comment;
  const author = user && mapActor({ __typename: user.type, databaseId: user.id, login: user.login });
  return [
    {
      ...eventBase(context, `review_comment:${comment.id}`),
      kind: "review.commented",
      subject: pullRequestSubject(context.repo, number),
      occurredAt: toInstant(comment.created_at),
      actor: author,
      payload: {
        number,
        comment: String(comment.id),
        author,
        path: comment.path,
        repliesTo: comment.in_reply_to_id == null ? null : String(comment.in_reply_to_id),
      },
    },
    ...judgementOf(context, comment),
  ];
}

/**
 * What people thought of a program's comment, by their thumbs when it was read: more of them down than up say that it is false.
 * GitHub dates no thumb, so that the last change of the comment stands for when.
 */
function judgementOf(
  context: MapContext,
  { id, in_reply_to_id, reactions, updated_at, user }: ApiReviewComment,
): FleetEvent[] {
  const { "+1": up = 0, "-1": down = 0 } = reactions ?? {};
  if (user?.type !== "Bot" || in_reply_to_id != null || up + down === 0) return [];
  return [
    {
      ...eventBase(context, `review_comment:${id}:judged:${up}-${down}`),
      kind: "finding.judged",
      subject: repositorySubject(context.repo),
      occurredAt: toInstant(updated_at),
      actor: null,
      payload: { finding: `github:review-comment:${context.repo}#${id}`, tool: user.login, isFalse: down > up },
    },
  ];
}
