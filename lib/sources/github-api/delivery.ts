import { z } from "zod";

/** Kinds of things of a repository that a delivery asks to look at. */
export type TouchedKind =
  | "history"
  | "codeowners"
  | "deployments"
  | "ci_runs"
  | "checks"
  | "review_comments"
  | "issues"
  | "releases"
  | "security_alerts";

/** What a delivery says happened, as far as it tells where to look: what it holds itself is never believed. */
export interface Touch {
  /** Node id of the repository; null when it is about the account. */
  repository: string | null;
  /** Node ids of pull requests. */
  pullRequests: string[];
  kinds: TouchedKind[];
  /** Whether repositories were added, renamed or taken away. */
  directory: boolean;
  /** Whether somebody joined or left a team, or one was made, renamed or taken away. */
  teams: boolean;
  /** Number of an installation of an App that was made, allowed more, suspended or let in again. */
  installation: number | null;
}

const repository = z.object({ node_id: z.string(), default_branch: z.string().optional() });
const aboutPullRequest = z.object({
  repository,
  pull_request: z.object({ node_id: z.string(), merged: z.boolean().nullish() }),
});
const paths = z.array(z.string()).nullish();
const aboutPush = z.object({
  repository,
  ref: z.string(),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })).nullish(),
});
const aboutRepository = z.object({ repository });

/** Where GitHub looks for the file. */
const CODEOWNERS_PLACES: readonly string[] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

const touch = (of: Partial<Touch>): Touch => ({
  repository: null,
  pullRequests: [],
  kinds: [],
  directory: false,
  teams: false,
  installation: null,
  ...of,
});

function pullRequest(payload: unknown): Touch {
  const { pull_request: pull, repository: of } = aboutPullRequest.parse(payload);
  // A merge leaves a commit on the default branch.
  const kinds: TouchedKind[] = pull.merged === true ? ["history"] : [];
  return touch({ repository: of.node_id, pullRequests: [pull.node_id], kinds });
}

function reviewComment(payload: unknown): Touch {
  return { ...pullRequest(payload), kinds: ["review_comments"] };
}

const aboutCheck = z.object({ repository, action: z.string().nullish() });
const byProgram = z.object({ app: z.object({ slug: z.string().nullish() }).nullish() });

/** What a program found in a commit; runs of Actions are told of by themselves. */
const check =
  (name: "check_run" | "check_suite") =>
  (payload: unknown): Touch | null => {
    const { action, repository: of } = aboutCheck.parse(payload);
    const found = z.object({ [name]: byProgram }).parse(payload)[name];
    if (found?.app?.slug === "github-actions" || action === "created") return null;
    return touch({ repository: of.node_id, kinds: ["checks"] });
  };

function push(payload: unknown): Touch | null {
  const { commits, ref, repository: of } = aboutPush.parse(payload);
  const isDefault = of.default_branch === undefined || ref === `refs/heads/${of.default_branch}`;
  if (!isDefault) return null;
  const changed = (commits ?? []).flatMap(({ added, modified, removed }) =>
    [added, modified, removed].flatMap((list) => list ?? []),
  );
  const owners = changed.some((path) => CODEOWNERS_PLACES.includes(path));
  return touch({ repository: of.node_id, kinds: owners ? ["history", "codeowners"] : ["history"] });
}

const about =
  (...kinds: TouchedKind[]) =>
  (payload: unknown): Touch =>
    touch({ repository: aboutRepository.parse(payload).repository.node_id, kinds });

const directory = (): Touch => touch({ directory: true });

const teams = (): Touch => touch({ teams: true });

const aboutInstallation = z.object({ installation: z.object({ id: z.int() }) });
const installation = (payload: unknown): Touch =>
  touch({ directory: true, installation: aboutInstallation.parse(payload).installation.id });

/** What each event means to us; others are kept and mean nothing yet. */
const EVENTS: Readonly<Record<string, (payload: unknown) => Touch | null>> = {
  pull_request: pullRequest,
  pull_request_review: pullRequest,
  pull_request_review_comment: reviewComment,
  pull_request_review_thread: pullRequest,
  push,
  workflow_run: about("ci_runs"),
  check_run: check("check_run"),
  check_suite: check("check_suite"),
  status: about("checks"),
  deployment: about("deployments"),
  deployment_status: about("deployments"),
  issues: about("issues"),
  release: about("releases"),
  code_scanning_alert: about("security_alerts"),
  dependabot_alert: about("security_alerts"),
  secret_scanning_alert: about("security_alerts"),
  repository: directory,
  team: teams,
  membership: teams,
  organization: teams,
  installation,
  installation_repositories: installation,
};

/**
 * Where a delivery says that something happened.
 * @returns null for one that means nothing to us
 * @throws {z.ZodError} for a payload that is not what GitHub sends for its event
 */
export function readTouch(event: string, payload: unknown): Touch | null {
  return Object.hasOwn(EVENTS, event) ? (EVENTS[event]?.(payload) ?? null) : null;
}
