import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { MAX_BATCH_EVENTS, type PullContext, type Source } from "@/lib/sources/contract";
import { ChangeReader } from "./change-reader";
import { churnEvents } from "./churn-reader";
import { standingCodeowners } from "./codeowners";
import { DiffReader } from "./diff-reader";
import { type FixLanding, fixIn } from "./fix-lines";
import { fixEvents } from "./fix-tracer";
import { GitClient } from "./git-client";
import { inspectRepository, type Repository, type RepositoryOptions } from "./inspect";
import { mapObservation } from "./map";
import { ObjectReader } from "./object-reader";
import { parseSince } from "./parse-since";
import { PatchReader } from "./patch-reader";
import { type Survey, surveyHistory } from "./survey";
import { WarningLog } from "./warning-log";

export interface GitHistoryOptions extends RepositoryOptions {
  /** `2026-01-31` or an ISO instant: what landed before is left out. */
  since?: string;
  /**
   * Head of an earlier pull that was kept: only what landed after it is read. Pass it only if that pull had the same
   * branch and `since`, and the clone held as much (line counts, pull request references) as `inspectRepository` says now.
   */
  knownHead?: string;
}

export type GitHistoryCount =
  | "commits"
  | "pullRequests"
  | "squashMerges"
  | "mergeCommits"
  | "rebaseMerges"
  | "directPushes"
  | "branchCommits";

/** Commits of the line compared in one go; small, so that a few at a time bound the memory. */
const COMMITS_AT_ONCE = 32;
const READ_AHEAD = 3;

/** The first-parent line of a repository's default branch: every commit, the pull requests they landed, CODEOWNERS. */
export const gitHistorySource: Source<GitHistoryOptions, GitHistoryCount> = {
  id: "git",
  async *pull(options, context) {
    const since = options.since === undefined ? null : parseSince(options.since, context.now);
    const repository = await inspectRepository(options, context.signal);
    const client = new GitClient({ gitDir: repository.gitDir, signal: context.signal });
    try {
      yield* new HistoryPull(client, repository, context, since, options.knownHead ?? null).batches();
    } finally {
      await client.close();
    }
  },
};

/** One pull of one repository. */
class HistoryPull {
  readonly #objects: ObjectReader;
  readonly #warnings = new WarningLog();
  readonly #counts: Record<GitHistoryCount, number> = {
    commits: 0,
    pullRequests: 0,
    squashMerges: 0,
    mergeCommits: 0,
    rebaseMerges: 0,
    directPushes: 0,
    branchCommits: 0,
  };

  constructor(
    private readonly client: GitClient,
    private readonly repository: Repository,
    private readonly context: PullContext<GitHistoryCount>,
    private readonly since: Date | null,
    private readonly knownHead: string | null,
  ) {
    this.#objects = new ObjectReader(client, repository.lacks === "nothing");
  }

  async *batches(): AsyncGenerator<FleetEvent[], void, undefined> {
    const { repository } = this;
    if (repository.boundary.size > 0) this.#warnings.add("shallow_clone");
    if (repository.lacks !== "nothing")
      this.#warnings.add(repository.lacks === "trees" ? "no_trees" : "no_line_counts");
    const survey = await surveyHistory({
      client: this.client,
      objects: this.#objects,
      repository,
      warnings: this.#warnings,
      onProgress: this.context.onProgress,
    });
    let batch: FleetEvent[] = [];
    for await (const events of this.#events(survey)) {
      for (const event of events) {
        this.#count(event, survey);
        batch.push(event);
        if (batch.length < MAX_BATCH_EVENTS) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
    this.context.onSummary?.({ counts: this.#counts, warnings: this.#warnings.list() });
  }

  async *#events(survey: Survey): AsyncGenerator<FleetEvent[]> {
    const first = this.#firstInRange(survey);
    const start = Math.max(first, this.#firstUnknown(survey));
    if (start === first) yield await this.#standingCodeowners(survey, first);
    const fixes: FixLanding[] = [];
    for await (const events of this.#changes(survey, start)) {
      fixes.push(...events.flatMap((event) => fixIn(event) ?? []));
      yield events;
    }
    if (this.repository.lacks === "nothing") {
      const patches = new PatchReader(this.client);
      const { onProgress } = this.context;
      const completeTo = this.#completeTo(survey) / 1000;
      yield* churnEvents({ context: this.#mapContext(), survey, patches, onProgress, first, start, completeTo });
      yield* fixEvents({ context: this.#mapContext(), client: this.client, survey, fixes, first, onProgress });
    }
    yield [this.#observation(survey, first)];
  }

  /**
   * The range stays one stretch of the line up to its head. Clocks on the line run backwards at times, so the stretch
   * begins with the first commit that is recent enough; a clock in the future proves nothing.
   */
  #firstInRange({ scan, index, landings }: Survey): number {
    if (this.since === null) return 0;
    const since = this.since.getTime() / 1000;
    const now = this.context.now.getTime() / 1000;
    for (let position = 0; position < scan.length; position += 1) {
      const at = scan.committedAt(position);
      // A pull request that began to land before comes whole.
      if (at >= since && at <= now) return landings.firstOf(position);
    }
    this.#warnings.add("no_commits_since", index.sha(scan.length - 1));
    return scan.length;
  }

  #firstUnknown({ index, scan }: Survey): number {
    if (this.knownHead === null) return 0;
    const position = /^[0-9a-f]+$/.test(this.knownHead) ? index.find(this.knownHead) : -1;
    if (position >= 0 && position < scan.length) return position + 1;
    this.#warnings.add("history_rewritten", this.knownHead);
    return 0;
  }

  async *#changes(survey: Survey, start: number): AsyncGenerator<FleetEvent[]> {
    const { repository, context } = this;
    const reader = new ChangeReader({
      context: this.#mapContext(),
      repository,
      survey,
      objects: this.#objects,
      diffs: new DiffReader(this.client, repository.lacks === "nothing"),
      warnings: this.#warnings,
      now: context.now.getTime() / 1000,
    });
    const end = survey.scan.length;
    const ahead: { upTo: number; stretch: ReturnType<ChangeReader["fetch"]> }[] = [];
    for (let next = start; next < end || ahead.length > 0; ) {
      while (next < end && ahead.length < READ_AHEAD) {
        const upTo = Math.min(next + COMMITS_AT_ONCE, end);
        const stretch = reader.fetch(next, upTo);
        // Awaited in order; one that fails while an earlier one is being taken must not count as unhandled.
        stretch.catch(() => {});
        ahead.push({ upTo, stretch });
        next = upTo;
      }
      const current = ahead.shift();
      if (current === undefined) return;
      yield await reader.events(await current.stretch);
      context.onProgress({ step: "Reading changes", done: current.upTo - start, total: end - start });
    }
  }

  /** CODEOWNERS files that the first commit in range found in place. */
  async #standingCodeowners({ index, scan }: Survey, first: number): Promise<FleetEvent[]> {
    const { repository } = this;
    const cutOff = first === 0 && repository.boundary.has(index.sha(0));
    const position = cutOff ? 0 : first - 1;
    if (position < 0 || repository.lacks === "trees") return [];
    const [commit] = await this.#objects.commits([index.sha(position)]);
    if (commit === undefined) return [];
    const reader = { context: this.#mapContext(), objects: this.#objects, warnings: this.#warnings };
    return standingCodeowners(this.client, reader, commit, scan.committedAt(position));
  }

  /** Up to when everything is known, in milliseconds. */
  #completeTo({ scan }: Survey): number {
    const { repository, context } = this;
    const now = context.now.getTime();
    let latest = Number.NEGATIVE_INFINITY;
    for (let position = 0; position < scan.length; position += 1) {
      const at = scan.committedAt(position) * 1000;
      // A clock in the future must not move the watermark, and `now` would move it with every pull.
      if (at <= now) latest = Math.max(latest, at);
    }
    const fetched = repository.fetchedAt?.getTime() ?? latest;
    if (fetched <= now) latest = Math.max(latest, fetched);
    return Number.isFinite(latest) ? latest : now;
  }

  #observation(survey: Survey, first: number): FleetEvent {
    const { index, scan } = survey;
    const { repository, context } = this;
    const now = context.now.getTime();
    const cutOff = first === 0 && repository.boundary.has(index.sha(0));
    const from = first < scan.length ? scan.committedAt(first) * 1000 : (this.since?.getTime() ?? now);
    const history: PayloadOf<"repository.observed">["history"] = cutOff ? "shallow" : first > 0 ? "since" : "full";
    return mapObservation(this.#mapContext(), {
      branch: repository.branch,
      headSha: repository.headSha,
      url: repository.url,
      completeFrom: history === "full" ? null : new Date(from).toISOString(),
      completeTo: new Date(this.#completeTo(survey)).toISOString(),
      history,
      lineCounts: repository.lacks === "nothing" ? "known" : "unknown",
      pullRequestRefs: repository.pullRequestRefs.size > 0,
      ...(repository.lacks === "nothing" && { tracesFixes: true }),
    });
  }

  #mapContext() {
    const { org, repo, url, branch } = this.repository;
    return { orgId: this.context.orgId, org, repo, url, branch };
  }

  #count(event: FleetEvent, survey: Survey): void {
    const counts = this.#counts;
    if (event.kind === "pull_request.commit") counts.branchCommits += 1;
    if (event.kind === "commit.landed") {
      counts.commits += 1;
      if (survey.landings.numberAt(survey.index.find(event.payload.sha)) === undefined) counts.directPushes += 1;
    }
    if (event.kind !== "pull_request.merged") return;
    counts.pullRequests += 1;
    const byKind = { squash: "squashMerges", merge: "mergeCommits", rebase: "rebaseMerges" } as const;
    counts[byKind[event.payload.mergeKind]] += 1;
  }
}
