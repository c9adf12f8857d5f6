import { AppError } from "@/lib/core/errors";
import { withTransaction } from "@/lib/db/transaction";
import { type AppendResult, appendEvents, requestProjection } from "@/lib/events/writer";
import { syncAgents } from "@/lib/facts/project";
import { projectRepository } from "@/lib/facts/project-repository";
import { ensureOrganization, removeEmptyOrganization } from "@/lib/settings/organizations";
import { rememberImport } from "@/lib/settings/repositories";
import type { PullSummary, SourceWarning } from "@/lib/sources/contract";
import { type GitHistoryCount, type GitHistoryOptions, gitHistorySource } from "@/lib/sources/git-history";
import { inspectRepository } from "@/lib/sources/git-history/inspect";
import { type RepositorySummary, summarizeRepository } from "./import-summary";
import { knownHeadOf } from "./known-head";

export interface ImportResult {
  org: string;
  repo: string;
  /** The branch that now speaks for the repository. */
  branch: string;
  /** Events read and how many of them were new. */
  events: AppendResult;
  /** What was read this time; `summary` is what the repository holds now. */
  read: PullSummary<GitHistoryCount>["counts"];
  warnings: SourceWarning[];
  summary: RepositorySummary;
  seconds: number;
}

export interface ImportHooks {
  now: Date;
  /** `total` null while it is not known. */
  onProgress(step: string, done: number, total: number | null): void;
  signal?: AbortSignal;
}

/**
 * Imports a repository's history: checks it, appends its events in one transaction, projects its facts. Bad input and a
 * history that breaks off in the middle leave nothing behind; importing again or a longer history later only adds.
 * @throws {AppError} naming the field (`/path`, `/org`, `/repo`, `/branch`, `/since`)
 */
export async function importGitHistory(options: GitHistoryOptions, hooks: ImportHooks): Promise<ImportResult> {
  const started = performance.now();
  const repository = await inspectRepository(options, hooks.signal);
  const organization = await ensureOrganization({ slug: repository.org });
  if (organization.isSample) {
    throw new AppError({
      code: "conflict",
      message: `${repository.org} is the sample organisation; name another one with --org.`,
      pointer: "/org",
    });
  }
  const orgId = organization.id;
  const knownHead = options.since === undefined ? await knownHeadOf(orgId, repository) : undefined;
  let read: PullSummary<GitHistoryCount> | null = null;
  const pull = gitHistorySource.pull(
    // The organisation's own spelling goes into the event ids: another one would write the same events again.
    { ...options, org: organization.slug, knownHead },
    {
      orgId,
      now: hooks.now,
      onProgress: ({ step, done, total }) => hooks.onProgress(step, done, total),
      onSummary: (summary) => {
        read = summary;
      },
      signal: hooks.signal,
    },
  );
  const { events, repoId } = await withTransaction(
    async (client) => {
      const appended = await appendEvents(client, pull);
      const { repo: name, url, branch, headSha } = repository;
      const kept = await rememberImport(client, { orgId, name, url, branch, headSha });
      if (kept.headMoved) await requestProjection(client, orgId, name);
      return { events: appended, repoId: kept.repoId };
    },
    { bulk: true },
  ).catch(async (error: unknown) => {
    await removeEmptyOrganization(orgId);
    throw error;
  });
  await syncAgents();
  await projectRepository({ orgId, repo: repository.repo }, (_key, done, total) =>
    hooks.onProgress("Working out authors, categories and reverts", done, total),
  );
  const summary = await summarizeRepository(orgId, repoId);
  const { counts, warnings } = requireSummary(read);
  return {
    org: organization.slug,
    repo: repository.repo,
    branch: repository.branch,
    events,
    read: counts,
    warnings,
    summary,
    seconds: (performance.now() - started) / 1000,
  };
}

function requireSummary(read: PullSummary<GitHistoryCount> | null): PullSummary<GitHistoryCount> {
  if (read === null) throw new Error("The source ended without saying what it read");
  return read;
}
