import { commitSubject, type FleetEvent, repositorySubject } from "@/lib/events/schema";
import type { ApiCodeownersVersion, ApiLandedCommit } from "./answers";
import { mapSignature } from "./map-actor";
import { eventBase, type MapContext } from "./map-context";

/** A commit of the first-parent line. GitHub's list of commits does not say which files they changed. */
export function mapLandedCommit(context: MapContext, commit: ApiLandedCommit): FleetEvent {
  const fallback = commit.committer?.date ?? commit.author?.date ?? "1970-01-01T00:00:00Z";
  const author = mapSignature(commit.author, fallback);
  const committer = mapSignature(commit.committer, author.at);
  return {
    ...eventBase(context, `commit:${context.repo}:${commit.oid}`),
    kind: "commit.landed",
    subject: commitSubject(context.repo, commit.oid),
    occurredAt: committer.at,
    actor: null,
    payload: {
      sha: commit.oid,
      parents: commit.parents.nodes.map(({ oid }) => oid),
      author,
      committer,
      message: commit.message,
      files: null,
      lineCounts: "unknown",
    },
  };
}

/** A state of the CODEOWNERS file: what it says from this commit on. */
export function mapCodeowners(context: MapContext, path: string, version: ApiCodeownersVersion): FleetEvent {
  const { committedDate, file, oid } = version;
  return {
    ...eventBase(context, `codeowners:${context.repo}:${path}:${oid}`),
    kind: "codeowners.changed",
    subject: repositorySubject(context.repo),
    occurredAt: new Date(committedDate).toISOString(),
    actor: null,
    payload: { sha: oid, path, rules: file?.object?.text ?? null },
  };
}

/** Where the default branch stood when it was read. */
export interface Observation {
  branch: string;
  headSha: string;
  url: string;
  /** From when on its commits have been read; null: all of them. */
  completeFrom: string | null;
  /** Everything that happened before this has been read. */
  completeTo: string;
}

export function mapObservation(
  context: MapContext,
  { completeFrom, completeTo, ...observation }: Observation,
): FleetEvent {
  return {
    ...eventBase(context, `observed:${context.repo}:${observation.headSha}:${completeTo}`),
    kind: "repository.observed",
    subject: repositorySubject(context.repo),
    occurredAt: completeTo,
    actor: null,
    payload: {
      ...observation,
      completeFrom,
      completeTo,
      history: completeFrom === null ? "full" : "since",
      lineCounts: "known",
      pullRequestRefs: true,
    },
  };
}
