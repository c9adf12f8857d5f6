import type { ChangedFile, FleetEvent } from "@/lib/events/schema";
import type { RawCommit } from "./api-types";
import { codeownersEvents } from "./codeowners";
import type { DiffReader } from "./diff-reader";
import type { Repository } from "./inspect";
import type { Landing } from "./landings";
import { type MapContext, mapBranchCommit, mapLandedCommit, mapMergedPullRequest } from "./map";
import type { ObjectReader } from "./object-reader";
import type { Survey } from "./survey";
import type { WarningLog } from "./warning-log";

export interface ChangeSources {
  context: MapContext;
  repository: Repository;
  survey: Survey;
  objects: ObjectReader;
  diffs: DiffReader;
  warnings: WarningLog;
  /** Seconds since the epoch; later clocks are warned about. */
  now: number;
}

/** A pull request that landed, with its branch as far as the clone holds it. */
interface LandedBranch {
  landing: Landing;
  headSha: string | null;
  own: readonly string[];
}

/** What git holds about a stretch of the line. */
interface Stretch {
  start: number;
  landed: RawCommit[];
  /** Commits by position, with earlier ones of pull requests that landed in several. */
  commitAt: ReadonlyMap<number, RawCommit>;
  branches: ReadonlyMap<number, LandedBranch>;
  own: ReadonlyMap<string, RawCommit>;
  landedFiles: ReadonlyMap<string, ChangedFile[]>;
  ownFiles: ReadonlyMap<string, ChangedFile[]>;
}

/** Turns stretches of the line into events. Several may be fetched at a time; they are mapped one after the other. */
export class ChangeReader {
  readonly #sources: ChangeSources;

  constructor(sources: ChangeSources) {
    this.#sources = sources;
  }

  /** Asks git for the commits from position `start` to before `end`, their files and the branches they landed. */
  async fetch(start: number, end: number): Promise<Stretch> {
    const { survey, objects, diffs, repository } = this.#sources;
    const positions = Array.from({ length: end - start }, (_, i) => start + i);
    const branches = new Map(positions.flatMap((position) => this.#branchAt(position)));
    const own = [...branches.values()].flatMap((branch) => branch.own);
    const earlier = [...branches.values()].flatMap(({ landing }) =>
      landing.positions.filter((position) => position < start),
    );
    const readable = positions.filter((position) => this.#hasFiles(position));
    const [landed, earlierLanded, ownCommits, landedFiles, ownFiles] = await Promise.all([
      objects.commits(positions.map((position) => survey.index.sha(position))),
      objects.commits(earlier.map((position) => survey.index.sha(position))),
      objects.commits(own),
      diffs.diffs(
        readable.map((position) => ({
          sha: survey.index.sha(position),
          parent: position === 0 ? null : survey.index.sha(position - 1),
        })),
      ),
      repository.lacks === "nothing"
        ? diffs.diffs(own.filter((sha) => !survey.graph.isMerge(sha)).map((sha) => ({ sha, parent: null })))
        : new Map<string, ChangedFile[]>(),
    ]);
    const commitAt = new Map<number, RawCommit>();
    for (const [i, commit] of earlierLanded.entries()) commitAt.set(earlier[i] ?? -1, commit);
    for (const [i, commit] of landed.entries()) commitAt.set(start + i, commit);
    const ownBySha = new Map(ownCommits.map((commit) => [commit.sha, commit]));
    return { start, landed, commitAt, branches, own: ownBySha, landedFiles, ownFiles };
  }

  /** The events of a stretch in line order, each pull request with its last commit. */
  async events(stretch: Stretch): Promise<FleetEvent[]> {
    const events: FleetEvent[] = [];
    for (const [i, commit] of stretch.landed.entries()) {
      const branch = stretch.branches.get(stretch.start + i);
      if (branch !== undefined) events.push(...this.#pullRequest(branch, stretch));
      events.push(...(await this.#commit(stretch.start + i, commit, stretch.landedFiles.get(commit.sha) ?? null)));
    }
    return events;
  }

  /** The pull request whose last commit stands at a position. */
  #branchAt(position: number): [number, LandedBranch][] {
    const { survey, repository, warnings } = this.#sources;
    const landing = survey.landings.endingAt(position);
    if (landing === undefined) return [];
    // A merge commit names the very commit it merged; a reference may have moved on since.
    const merged = survey.scan.merged.get(position);
    const headSha = (merged?.length === 1 ? merged[0] : repository.pullRequestRefs.get(landing.number)) ?? null;
    const own = headSha === null ? null : survey.graph.ownCommits(headSha, landing.positions[0] ?? position);
    if (headSha !== null && own === null && survey.index.find(headSha) >= 0) {
      warnings.add("branch_commits_unknown", survey.index.sha(position));
    }
    if (own?.truncated === true) warnings.add("branch_commits_cut", survey.index.sha(position));
    return [[position, { landing, headSha, own: own?.shas ?? [] }]];
  }

  #hasFiles(position: number): boolean {
    const { repository, survey } = this.#sources;
    // The first commit of a shallow clone looks like a root that adds every file; it is not.
    return repository.lacks !== "trees" && !(position === 0 && repository.boundary.has(survey.index.sha(0)));
  }

  async #commit(position: number, commit: RawCommit, files: ChangedFile[] | null): Promise<FleetEvent[]> {
    const { context, repository, objects, warnings } = this.#sources;
    this.#warn(commit);
    const fallback = this.#clockBefore(position);
    const lineCounts = repository.lacks === "nothing";
    const owners =
      files === null ? [] : await codeownersEvents({ context, objects, warnings }, commit, files, fallback);
    return [mapLandedCommit(context, commit, { files, lineCounts, fallback }), ...owners];
  }

  #pullRequest({ landing, headSha, own: ownShas }: LandedBranch, stretch: Stretch): FleetEvent[] {
    const { context, survey, repository } = this.#sources;
    const { number, kind, positions } = landing;
    const fallback = this.#clockBefore(positions.at(-1) ?? 0);
    // A rebased branch carries what others landed before it.
    const own = ownShas
      .flatMap((sha) => stretch.own.get(sha) ?? [])
      .filter(({ message }) => (survey.scan.landedBySubject(message) ?? number) === number);
    const events = own.map((commit, position) => {
      this.#warn(commit);
      const files = stretch.ownFiles.get(commit.sha) ?? null;
      return mapBranchCommit(context, commit, { number, position, files, fallback });
    });
    const merged = mapMergedPullRequest(context, {
      number,
      kind,
      landed: positions.flatMap((position) => stretch.commitAt.get(position) ?? []),
      firstOwn: own.find((commit) => commit.parents.length < 2) ?? null,
      headSha,
      checked: repository.pullRequestRefs.size > 0,
      fallback,
    });
    return merged === null ? events : [...events, merged];
  }

  #clockBefore(position: number): number {
    return position === 0 ? 0 : this.#sources.survey.scan.committedAt(position - 1);
  }

  #warn(commit: RawCommit): void {
    const { warnings, now } = this.#sources;
    if (commit.damagedText) warnings.add("damaged_text", commit.sha);
    if (commit.author.seconds === null || commit.committer.seconds === null) warnings.add("unusable_clock", commit.sha);
    if ((commit.committer.seconds ?? 0) > now) warnings.add("future_clock", commit.sha);
  }
}
