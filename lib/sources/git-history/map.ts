import { createHash } from "node:crypto";
import type { Actor, ChangedFile, FleetEvent, PayloadOf, Signature } from "@/lib/events/schema";
import { commitSubject, pullRequestSubject, repositorySubject } from "@/lib/events/schema";
import type { RawCommit, RawSignature } from "./api-types";
import { type Forge, type LandingClaim, readLandingClaim, splitMessage } from "./landing-claim";

/** What every event of one repository shares. */
export interface MapContext {
  orgId: number;
  org: string;
  repo: string;
  url: string | null;
  branch: string;
}

/** Seconds since the epoch that stand for a clock that is missing or out of any calendar. */
export type ClockFallback = number;

const base = ({ orgId, org, repo }: MapContext, id: string) => ({
  id: `git:${org}/${repo}:${id}`,
  orgId,
  source: "git",
  repo,
});

/** Seconds since the epoch as an instant. */
export const toInstant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Author and committer with usable clocks: a missing one takes the other's, or the fallback. */
export function mapSignatures(commit: RawCommit, fallback: ClockFallback): { author: Signature; committer: Signature } {
  const committed = commit.committer.seconds ?? commit.author.seconds ?? fallback;
  const authored = commit.author.seconds ?? committed;
  return { author: toSignature(commit.author, authored), committer: toSignature(commit.committer, committed) };
}

const toSignature = ({ name, email }: RawSignature, seconds: number): Signature => ({
  name,
  email,
  at: toInstant(seconds),
});

/** Someone as a commit names them. GitHub's no-reply addresses hold the account: `12345+login@users.noreply.github.com`. */
export function mapActor({ name, email }: Pick<Signature, "name" | "email">): Actor {
  const account = /^(?:(\d+)\+)?([^@+]+)@users\.noreply\.github\.com$/i.exec(email);
  const login = account?.[2] ?? null;
  return {
    type: login?.endsWith("[bot]") === true ? "bot" : "unknown",
    id: account?.[1] ?? null,
    login,
    name: name === "" ? null : name,
    email: email === "" ? null : email,
  };
}

/**
 * A commit of the line. Its id tells how much of it is known, so that a fuller clone read later adds what was missing
 * instead of meeting an id that is there already; fuller ids sort first.
 */
export function mapLandedCommit(
  context: MapContext,
  commit: RawCommit,
  { files, lineCounts, fallback }: { files: ChangedFile[] | null; lineCounts: boolean; fallback: ClockFallback },
): FleetEvent {
  const { author, committer } = mapSignatures(commit, fallback);
  const known = files === null ? ":without-files" : lineCounts ? "" : ":without-lines";
  return {
    ...base(context, `commit:${commit.sha}:landed${known}`),
    kind: "commit.landed",
    occurredAt: committer.at,
    subject: commitSubject(context.repo, commit.sha),
    actor: mapActor(author),
    payload: {
      sha: commit.sha,
      parents: commit.parents,
      author,
      committer,
      message: commit.message,
      files,
      lineCounts: lineCounts && files !== null ? "known" : "unknown",
    },
  };
}

export interface MergedPullRequest {
  number: number;
  kind: PayloadOf<"pull_request.merged">["mergeKind"];
  /** Its commits on the line, oldest first. */
  landed: RawCommit[];
  /** Its first own commit, where the clone holds it. */
  firstOwn: RawCommit | null;
  headSha: string | null;
  /** Whether pull request references were there to check against. */
  checked: boolean;
  fallback: ClockFallback;
}

/** A merged pull request. git does not hold labels, the account that opened it or who pressed the button: null, never guessed. */
export function mapMergedPullRequest(context: MapContext, merged: MergedPullRequest): FleetEvent | null {
  const first = merged.landed[0];
  const last = merged.landed.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = landingText(first);
  const { committer } = mapSignatures(last, merged.fallback);
  const opener = merged.kind === "merge" ? merged.firstOwn : first;
  return {
    ...base(context, `pull_request:${merged.number}:merged${merged.checked ? "" : ":without-refs"}`),
    kind: "pull_request.merged",
    occurredAt: committer.at,
    subject: pullRequestSubject(context.repo, merged.number),
    actor: null,
    payload: {
      number: merged.number,
      title: text.title,
      body: text.body,
      author: opener === null ? null : mapActor(opener.author),
      headRef: text.headRef,
      headSha: merged.headSha,
      baseRef: context.branch,
      labels: [],
      taskType: null,
      mergeKind: merged.kind,
      mergedAt: committer.at,
      mergeSha: last.sha,
      landedShas: merged.landed.map(({ sha }) => sha),
      mergedBy: null,
      url: pullRequestUrl(context.url, text.forge, merged.number),
    },
  };
}

/** Title, body and branch as the landed commit's message gives them. */
function landingText(commit: RawCommit): Pick<LandingClaim, "title" | "body" | "headRef" | "forge"> {
  const claim = readLandingClaim(commit.message, commit.parents.length);
  if (claim !== null) return claim;
  const { subject, body } = splitMessage(commit.message);
  return { title: subject, body: body === "" ? null : body, headRef: null, forge: "github" };
}

const PULL_REQUEST_PATH: Record<Forge, string> = {
  github: "pull",
  gitlab: "-/merge_requests",
  bitbucket: "pull-requests",
  azure: "pullrequest",
  gitea: "pulls",
};

const pullRequestUrl = (url: string | null, forge: Forge, number: number): string | null =>
  url === null ? null : `${url}/${PULL_REQUEST_PATH[forge]}/${number}`;

/** git's own subjects for merges: a branch that was rebased flat still carries them, on commits with one parent. */
const MERGE_SUBJECT = /^Merge (branch(es)? |remote-tracking branch |pull request #\d|tag |commit )/;

/** One of a pull request's own commits; `files` null: its changes are unknown, or it is a merge and they are not its own. */
export function mapBranchCommit(
  context: MapContext,
  commit: RawCommit,
  own: { number: number; position: number; files: ChangedFile[] | null; fallback: ClockFallback },
): FleetEvent {
  const { author, committer } = mapSignatures(commit, own.fallback);
  const isMerge = commit.parents.length > 1;
  const known = own.files === null && !isMerge ? ":without-lines" : "";
  return {
    ...base(context, `pull_request:${own.number}:commit:${commit.sha}${known}`),
    kind: "pull_request.commit",
    occurredAt: committer.at,
    subject: pullRequestSubject(context.repo, own.number),
    actor: mapActor(author),
    payload: {
      number: own.number,
      sha: commit.sha,
      position: own.position,
      author,
      committer,
      message: commit.message,
      isMerge: isMerge || MERGE_SUBJECT.test(commit.message),
      additions: sumLines(own.files, "add"),
      deletions: sumLines(own.files, "del"),
    },
  };
}

/** Binary files have no lines and add nothing. */
function sumLines(files: ChangedFile[] | null, side: "add" | "del"): number | null {
  return files === null ? null : files.reduce((sum, file) => sum + (file[side] ?? 0), 0);
}

/** CODEOWNERS as it stands from a commit on; `rules` null when the commit removed it. */
export function mapCodeowners(
  context: MapContext,
  commit: RawCommit,
  owners: { path: string; rules: string | null; fallback: ClockFallback },
): FleetEvent {
  const { author, committer } = mapSignatures(commit, owners.fallback);
  return {
    ...base(context, `codeowners:${commit.sha}:${owners.path}`),
    kind: "codeowners.changed",
    occurredAt: committer.at,
    subject: repositorySubject(context.repo),
    actor: mapActor(author),
    payload: { sha: commit.sha, path: owners.path, rules: owners.rules },
  };
}

/** What became of the lines of a pull request when its time was over: told once, so that it never says anything else. */
export function mapCodeChurn(
  context: MapContext,
  { files, number, until }: PayloadOf<"code_churn.measured"> & { until: number },
): FleetEvent {
  return {
    ...base(context, `pull_request:${number}:churn`),
    kind: "code_churn.measured",
    occurredAt: toInstant(until),
    subject: pullRequestSubject(context.repo, number),
    actor: null,
    payload: { number, files },
  };
}

/** Which pull requests brought the lines that a fix takes out or changes. */
export function mapFixTrace(
  context: MapContext,
  { at, files, number }: PayloadOf<"fix.traced"> & { at: number },
): FleetEvent {
  return {
    ...base(context, `pull_request:${number}:traced`),
    kind: "fix.traced",
    occurredAt: toInstant(at),
    subject: pullRequestSubject(context.repo, number),
    actor: null,
    payload: { number, files },
  };
}

/** Where the repository stood. The id is made of all that was observed: another observation is another event. */
export function mapObservation(context: MapContext, observed: PayloadOf<"repository.observed">): FleetEvent {
  const digest = createHash("sha256").update(JSON.stringify(observed)).digest("hex").slice(0, 20);
  return {
    ...base(context, `observed:${digest}`),
    kind: "repository.observed",
    occurredAt: observed.completeTo,
    subject: repositorySubject(context.repo),
    actor: null,
    payload: observed,
  };
}
