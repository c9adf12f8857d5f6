import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { commitSubject, repositorySubject } from "@/lib/events/schema";
import type { ApiDeployment, ApiWorkflowRun } from "./answers";
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
  const [started, ended] = [Date.parse(run.run_started_at ?? run.created_at), Date.parse(run.updated_at)];
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
        seconds: Math.max(0, Math.round((ended - started) / 1000)),
      },
    },
  ];
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
