import { createHash } from "node:crypto";
import { minorDigits, toMinor } from "@/lib/core/money";
import { type Actor, commitSubject, type FleetEvent, pullRequestSubject, repositorySubject } from "@/lib/events/schema";
import type { Account, NativeEvent, NativeEventOf } from "./schema";

/** Where an event belongs, and what is known of that. */
export interface NativePlace {
  orgId: number;
  /** Our name of the repository; null for what is of none. */
  repo: string | null;
  /** Whether nothing else reads the repository, so that merges told here are all that is known of its branch. */
  isToldAlone: boolean;
}

/** What an event of each repository is, with the sender's own id. */
type Named = NativeEvent & { id: string };
type NamedOf<Kind extends NativeEvent["kind"]> = NativeEventOf<Kind> & { id: string };

const SOURCE = "events";
const toInstant = (text: string): string => new Date(text).toISOString();

function actorOf(account: Account): Actor {
  const known = typeof account === "string" ? { login: account } : account;
  const type = known.type ?? (known.login.endsWith("[bot]") ? "bot" : "user");
  return { type, id: known.id ?? null, login: known.login, name: known.name ?? null, email: known.email ?? null };
}

/** The parts that every event made of this one has; `part` tells several of one apart. */
function envelope({ at, id, kind }: Named, { orgId, repo }: NativePlace, subject: string, part = "") {
  return {
    id: `${SOURCE}:${kind}:${repo ?? ""}:${id}${part}`,
    orgId,
    source: SOURCE,
    repo,
    occurredAt: toInstant(at),
    subject,
    actor: null as Actor | null,
  };
}

/** A commit that nobody told of, which another is said to follow: it is on no line. */
const untold = (sha: string): string => createHash("sha1").update(`parent of ${sha}`).digest("hex");

const filesOf = ({ files }: NamedOf<"pull_request">) =>
  files?.map(({ additions, deletions, from, path }) => ({
    path,
    ...(from !== undefined && { from }),
    add: additions,
    del: deletions,
    // The ids of contents are not told: a made-up one must not look like another's.
    before: null,
    after: null,
  }));

function merged(event: NamedOf<"pull_request">, place: NativePlace & { repo: string }): FleetEvent[] {
  const { base, body, branch, commits, labels, mergeKind, mergeSha, mergedBy, number, parentSha, title, url } = event;
  if (mergeSha === undefined) return [];
  const subject = pullRequestSubject(place.repo, number);
  const author = actorOf(event.author);
  const by = mergedBy === undefined ? null : actorOf(mergedBy);
  const files = filesOf(event);
  const at = toInstant(event.at);
  const own = commits.map(
    (commit, position): FleetEvent => ({
      ...envelope(event, place, subject, `:commit:${commit.sha}`),
      occurredAt: toInstant(commit.author.at),
      kind: "pull_request.commit",
      payload: {
        number,
        sha: commit.sha,
        position,
        author: { ...commit.author, at: toInstant(commit.author.at) },
        committer: { ...commit.author, at: toInstant(commit.author.at) },
        message: commit.message,
        isMerge: false,
        additions: commit.additions,
        deletions: commit.deletions,
      },
    }),
  );
  const merge: FleetEvent = {
    ...envelope(event, place, subject),
    actor: by,
    kind: "pull_request.merged",
    payload: {
      number,
      title,
      body,
      author,
      headRef: branch,
      headSha: commits.at(-1)?.sha ?? null,
      baseRef: base,
      labels: [...labels].sort(),
      taskType: null,
      mergeKind,
      mergedAt: at,
      mergeSha,
      landedShas: [mergeSha],
      mergedBy: by,
      url,
      ...(files !== undefined && { files }),
      ...(commits.length > 0 && { ownShas: commits.map(({ sha }) => sha) }),
      updatedAt: at,
    },
  };
  return [merge, ...own, ...(place.isToldAlone ? landed(event, mergeSha, parentSha, place) : [])];
}

/** Where no history is read, merges are the history: each is a commit of the base branch, and its newest so far. */
function landed(
  event: NamedOf<"pull_request">,
  mergeSha: string,
  parentSha: string | undefined,
  place: NativePlace & { repo: string },
): FleetEvent[] {
  const { base, body, number, title } = event;
  const at = toInstant(event.at);
  const author = actorOf(event.author);
  const signature = { name: author.name ?? author.login ?? "", email: author.email ?? "", at };
  const files = filesOf(event);
  const lineCounts = files === undefined ? "unknown" : "known";
  return [
    {
      ...envelope(event, place, commitSubject(place.repo, mergeSha), ":landed"),
      kind: "commit.landed",
      payload: {
        sha: mergeSha,
        parents: [parentSha ?? untold(mergeSha)],
        author: signature,
        committer: signature,
        message: `${title} (#${number})${body === null ? "" : `\n\n${body}`}`,
        files: files ?? null,
        lineCounts,
      },
    },
    {
      ...envelope(event, place, repositorySubject(place.repo), ":observed"),
      kind: "repository.observed",
      payload: {
        branch: base,
        headSha: mergeSha,
        url: null,
        completeFrom: null,
        completeTo: at,
        history: "told",
        lineCounts,
        pullRequestRefs: true,
      },
    },
  ];
}

function pullRequest(event: NamedOf<"pull_request">, place: NativePlace & { repo: string }): FleetEvent[] {
  const { branch: headRef, isDraft, number, title } = event;
  const author = actorOf(event.author);
  const known = envelope(event, place, pullRequestSubject(place.repo, number));
  switch (event.state) {
    case "opened":
      return [
        {
          ...known,
          actor: author,
          kind: "pull_request.opened",
          payload: { number, title, author, headRef, isDraft },
        },
      ];
    case "ready":
      return [{ ...known, kind: "pull_request.ready", payload: { number } }];
    case "reopened":
      return [{ ...known, kind: "pull_request.reopened", payload: { number } }];
    case "closed":
      return [{ ...known, kind: "pull_request.closed", payload: { number, title, author } }];
    case "merged":
      return merged(event, place);
  }
}

function incident(event: NamedOf<"incident">, place: NativePlace): FleetEvent {
  const subject = place.repo === null ? `incident:${event.incident}` : repositorySubject(place.repo);
  const known = envelope(event, place, subject);
  const { incident: name, pullRequest: causedByNumber, service, severity, title } = event;
  return event.state === "resolved"
    ? { ...known, kind: "incident.resolved", payload: { incident: name } }
    : {
        ...known,
        kind: "incident.opened",
        payload: {
          incident: name,
          title: title ?? name,
          severity: severity ?? "sev4",
          service: service ?? name,
          causedByNumber,
        },
      };
}

function securityFinding(event: NamedOf<"security_finding">, place: NativePlace & { repo: string }): FleetEvent {
  const known = envelope(event, place, repositorySubject(place.repo));
  const { finding, foundBeforeMerge, pullRequest: causedByNumber, severity, state, title, tool } = event;
  return state === "open"
    ? {
        ...known,
        kind: "defect.opened",
        payload: {
          defect: finding,
          title,
          severity,
          security: true,
          causedByNumber,
          ...(foundBeforeMerge !== undefined && { beforeMerge: foundBeforeMerge }),
        },
      }
    : {
        ...known,
        kind: "finding.judged",
        payload: { finding: `${SOURCE}:${place.repo}:${finding}`, tool, isFalse: state === "dismissed" },
      };
}

/** An amount in minor units; null where it is finer than the currency's smallest. */
export function exactMinor(amount: string, currency: string): bigint | null {
  const decimals = amount.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  return decimals > minorDigits(currency) ? null : toMinor(amount, currency);
}

/**
 * The events of the log that one of a program is. The same always gives the same; the first of them stands for it.
 * @throws {TypeError} for one of a repository that is given none
 */
export function mapNativeEvent(event: Named, place: NativePlace): FleetEvent[] {
  if (event.kind === "incident") return [incident(event, place)];
  if (event.kind === "cost") return [costOf(event, place)];
  const { repo } = place;
  if (repo === null) throw new TypeError(`${event.kind} is of a repository`);
  const of = { ...place, repo };
  switch (event.kind) {
    case "pull_request":
      return pullRequest(event, of);
    case "security_finding":
      return [securityFinding(event, of)];
    default:
      return [aroundPullRequest(event, of)];
  }
}

function costOf(event: NamedOf<"cost">, place: NativePlace): FleetEvent {
  const { agent, amount, basis, currency, item, provider, team } = event;
  return {
    ...envelope(event, { ...place, repo: null }, `cost:${event.id}`),
    kind: "cost.incurred",
    payload: { provider, agent, team, item, amountMinor: String(exactMinor(amount, currency) ?? 0n), currency, basis },
  };
}

function rolledBack(event: NamedOf<"rollback">, place: NativePlace & { repo: string }): FleetEvent {
  const { by, environment, pullRequests: numbers, reason = null, service, sha, status } = event;
  const known = envelope(event, place, repositorySubject(place.repo));
  if (sha === undefined || service === undefined || environment === undefined)
    return { ...known, kind: "rollback.reported", payload: { numbers, how: by ?? "hand", reason } };
  return {
    ...known,
    kind: "deployment.finished",
    payload: { service, environment, sha, status, deploymentKind: "rollback", numbers },
  };
}

type Around = Exclude<Named, { kind: "incident" | "cost" | "pull_request" | "security_finding" }>;

function aroundPullRequest(event: Around, place: NativePlace & { repo: string }): FleetEvent {
  const { repo } = place;
  const ofPull = (pull: number | null) => (pull === null ? repositorySubject(repo) : pullRequestSubject(repo, pull));
  switch (event.kind) {
    case "review": {
      const { comments, number, sha, state } = event;
      const reviewer = actorOf(event.reviewer);
      return {
        ...envelope(event, place, ofPull(number)),
        actor: reviewer,
        kind: "review.submitted",
        payload: { number, reviewer, state, comments, ...(sha !== undefined && { sha }) },
      };
    }
    case "ci_run":
    case "gate_result": {
      const { conclusion, pullRequest: number, seconds, sha: headSha } = event;
      const check = event.kind === "ci_run" ? event.check : event.gate;
      return {
        ...envelope(event, place, commitSubject(repo, headSha)),
        kind: "ci_run.finished",
        payload: { number, headSha, check, conclusion, seconds },
      };
    }
    case "deployment": {
      const { change: deploymentKind, environment, pullRequests: numbers, service, sha, status } = event;
      return {
        ...envelope(event, place, repositorySubject(repo)),
        kind: "deployment.finished",
        payload: { service, environment, sha, status, deploymentKind, numbers },
      };
    }
    case "rollback":
      return rolledBack(event, place);
    case "defect": {
      const { foundBeforeMerge, id, isSecurity: security, pullRequest: causedByNumber, severity, title } = event;
      return {
        ...envelope(event, place, repositorySubject(repo)),
        kind: "defect.opened",
        payload: {
          defect: id,
          title,
          severity,
          security,
          causedByNumber,
          ...(foundBeforeMerge !== undefined && { beforeMerge: foundBeforeMerge }),
        },
      };
    }
    case "coverage": {
      const { base, head, number, patch } = event;
      return {
        ...envelope(event, place, ofPull(number)),
        kind: "coverage.reported",
        payload: { number, head, base, patch },
      };
    }
    case "agent_run": {
      const { agent, branch, iterations, model, outcome, pullRequest: number, seconds, session, tokens } = event;
      return {
        ...envelope(event, place, ofPull(number)),
        kind: "agent_run.finished",
        payload: { number, agent, model, session, branch, outcome, iterations, seconds, tokens },
      };
    }
  }
}
