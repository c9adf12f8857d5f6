import type { FleetEvent } from "@/lib/events/schema";
import { repositorySubject } from "@/lib/events/schema";
import { planAutomation } from "./automation";
import { instantOf, iso, SAMPLE_END } from "./calendar";
import type { Change, Landing, UndoChange } from "./changes";
import { churnMeasurements } from "./churn";
import { CODEOWNERS_PATH, codeownersDays, codeownersText } from "./codeowners";
import { SAMPLE_SEED, type SampleRepository } from "./company";
import { coverageReports } from "./coverage";
import { DigestSequence } from "./digest";
import { envelopes, type RepositoryContext } from "./envelope";
import { pathsOf, plantTree } from "./file-tree";
import { fixTraces } from "./fix-traces";
import { issueLinks } from "./issues";
import { DefaultBranch } from "./landed-commits";
import { defects, deployments, incidents } from "./operations";
import { ownCommits, undoCommit } from "./own-commits";
import { rosterOf } from "./people";
import { planWork } from "./planning";
import { mergedEvents, type PullRequestText, unmergedEvents } from "./pull-requests";
import { type Random, randomStream } from "./random";
import { planReverts } from "./reverts";
import { caughtDefects, gateRuns, scanReports } from "./scans";
import { type UndoText, undoText } from "./undo-text";
import { type Edit, Worktree } from "./worktree";

const MOST_COMMITS = 6;
/** A queue writes a merge a little after the clock it carries, so the line sometimes runs backwards. */
const QUEUE_LAG_MS = 150_000;

/** Work past the end of the period is not finished there; what would open later does not exist. */
function clip(changes: readonly Change[]): Change[] {
  return changes
    .filter((change) => change.openedAt < SAMPLE_END)
    .map((change) =>
      change.endedAt !== null && change.endedAt >= SAMPLE_END ? { ...change, outcome: "open", endedAt: null } : change,
    );
}

/** Pull request numbers by opening time; issues share the numbers, so some are left out. */
function numberAll(changes: readonly Change[], random: Random): ReadonlyMap<Change, number> {
  const numbers = new Map<Change, number>();
  let number = 0;
  for (const change of [...changes].sort((left, right) => left.openedAt - right.openedAt)) {
    if (change.direct) continue;
    number += random.weighted({ "1": 70, "2": 20, "3": 10 }) === "1" ? 1 : random.int(2, 3);
    numbers.set(change, number);
  }
  return numbers;
}

/** One repository being written: plans first, then everything in the order it reached the default branch. */
class HistoryWriter {
  private readonly events: FleetEvent[] = [];
  private readonly landings = new Map<Change, Landing>();
  private readonly digests: DigestSequence;
  private readonly worktree: Worktree;
  private readonly branch: DefaultBranch;
  private readonly random: Random;
  private readonly context: RepositoryContext;
  /** Days of CODEOWNERS changes still to come, the first version apart. */
  private readonly ownerDays: number[];

  constructor(
    orgId: number,
    private readonly repository: SampleRepository,
  ) {
    this.random = randomStream(SAMPLE_SEED, repository.name);
    this.digests = new DigestSequence(repository.name);
    this.worktree = new Worktree(this.digests);
    const envelope = envelopes(orgId, repository.name);
    this.branch = new DefaultBranch(repository, this.digests, envelope);
    this.context = { repository, envelope, random: this.random };
    this.ownerDays = codeownersDays(repository).filter((day) => day > repository.firstDay);
  }

  write(): { events: FleetEvent[]; landings: Landing[] } {
    const { repository, random } = this;
    const tree = plantTree(repository, random);
    const work = [...planWork(repository, tree, random), ...planAutomation(repository, tree, random)];
    const changes = clip([...work, ...planReverts(repository, work, random)]);
    const numbers = numberAll(changes, random);
    this.start(pathsOf(tree));
    for (const change of this.landingOrder(changes)) this.land(change, numbers.get(change) ?? null);
    for (const change of changes) {
      const number = numbers.get(change);
      if (change.kind === "ordinary" && change.outcome !== "merged" && number !== undefined) {
        this.events.push(...unmergedEvents(this.context, change, number, change));
      }
    }
    const landings = [...this.landings.values()];
    const links = issueLinks(this.context, landings);
    this.events.push(
      ...deployments(this.context, landings),
      ...incidents(this.context, landings, this.landings),
      ...defects(this.context, landings),
      ...links,
      ...fixTraces(this.context, landings, links),
      ...coverageReports(this.context, landings),
      ...scanReports(this.context, landings),
      ...gateRuns(this.context, landings),
      ...caughtDefects(this.context, landings),
      ...churnMeasurements(this.context, landings),
    );
    this.observe();
    return { events: this.events, landings };
  }

  private landingOrder(changes: readonly Change[]): Change[] {
    const keyed = changes
      .filter((change) => change.outcome === "merged" && change.endedAt !== null)
      .map((change) => {
        const lag = this.repository.queue && this.random.chance(0.02) ? QUEUE_LAG_MS : 0;
        return { change, key: (change.endedAt ?? 0) + lag };
      });
    return keyed.sort((left, right) => left.key - right.key).map(({ change }) => change);
  }

  private start(paths: readonly string[]): void {
    const { repository, random } = this;
    const at = instantOf(repository.firstDay, 9 * 3600 + random.int(0, 7200));
    const all = repository.codeowners ? [...paths, CODEOWNERS_PATH] : paths;
    const edits = all.map((path): Edit => ({ path, add: random.int(8, 320), del: 0 }));
    this.push("Initial import from the previous code host", edits, at);
    if (repository.codeowners) this.recordOwners(repository.firstDay, at);
  }

  private push(message: string, edits: readonly Edit[], at: number): void {
    const founder = rosterOf(this.repository.team)[0] ?? { name: "Northwind Labs", email: "code@northwind.example" };
    const author = { name: founder.name, email: founder.email, at: iso(at) };
    this.events.push(this.branch.push(message, this.worktree.apply(edits), author, at));
  }

  /** Writes the changes of CODEOWNERS that are due before an instant. */
  private updateOwners(until: number): void {
    for (const day of [...this.ownerDays]) {
      const at = instantOf(day, 10 * 3600);
      if (at >= until) return;
      this.ownerDays.shift();
      this.push("chore: update code owners", [{ path: CODEOWNERS_PATH, add: 1, del: 0 }], at);
      this.recordOwners(day, at);
    }
  }

  private recordOwners(day: number, at: number): void {
    if (this.branch.head === null) return;
    this.events.push({
      ...this.context.envelope(`codeowners:${this.branch.head}`, at, repositorySubject(this.repository.name), null),
      kind: "codeowners.changed",
      payload: { sha: this.branch.head, path: CODEOWNERS_PATH, rules: codeownersText(this.repository, day) },
    });
  }

  private land(change: Change, number: number | null): void {
    const at = change.endedAt;
    if (at === null) return;
    this.updateOwners(at);
    const made = change.kind === "ordinary" ? this.makeOrdinary(change) : this.makeUndo(change);
    if (made === null) return;
    const { text, own, files } = made;
    const keepsTrailers = change.credit.authorship === "human" || this.random.chance(0.86);
    const commits = this.branch.land({
      change,
      number,
      title: text.title,
      headRef: text.headRef,
      own,
      files,
      at,
      keepsTrailers,
    });
    const shas = commits.map((commit) => commit.payload.sha);
    const mergeSha = shas.at(-1);
    if (mergeSha === undefined) return;
    const landing = { change, title: text.title, headRef: text.headRef, shas, mergeSha, at, files };
    this.landings.set(change, { ...landing, number });
    if (number !== null) this.events.push(...mergedEvents(this.context, { ...landing, number }, text.body, own));
    this.events.push(...commits);
  }

  private makeOrdinary(change: Extract<Change, { kind: "ordinary" }>) {
    const most = this.repository.merge === "rebase" ? Math.min(MOST_COMMITS - 1, change.edits.length) : MOST_COMMITS;
    const text: PullRequestText = change;
    const own = ownCommits(change, most, this.digests, this.random);
    return { text, own, files: this.worktree.apply(change.edits) };
  }

  private makeUndo(change: UndoChange) {
    const [first, ...rest] = change.targets
      .map((target) => this.landings.get(target))
      .filter((target) => target !== undefined);
    if (first === undefined) return null;
    const targets: [Landing, ...Landing[]] = [first, ...rest];
    targets.sort((left, right) => left.at - right.at);
    const touched = targets.map((target) => target.files);
    // A silent revert is recognisable only while it puts every file back; otherwise it says what it is.
    const silent = change.form === "undeclared" && !this.worktree.restoresExactly(touched);
    const worded: UndoChange = silent ? { ...change, form: "prefixed" } : change;
    const text: UndoText = undoText(worded, this.repository.name, targets, this.landings, this.random);
    const files = this.worktree.invert(change.undo === "partial" ? [smallPart(first)] : touched);
    const lines = {
      add: files.reduce((sum, file) => sum + (file.add ?? 0), 0),
      del: files.reduce((sum, file) => sum + (file.del ?? 0), 0),
    };
    return { text, own: [undoCommit(change, text.commit, lines, this.digests)], files };
  }

  private observe(): void {
    const { repository } = this;
    if (this.branch.head === null) return;
    this.events.push({
      ...this.context.envelope(`observed:${this.branch.head}`, SAMPLE_END, repositorySubject(repository.name), null),
      kind: "repository.observed",
      payload: {
        branch: "main",
        headSha: this.branch.head,
        url: null,
        completeFrom: null,
        completeTo: iso(SAMPLE_END),
        history: "full",
        lineCounts: "known",
        pullRequestRefs: true,
      },
    });
  }
}

/** The files of a landing with the fewest added lines, together less than half of them. */
function smallPart(landing: Landing): Landing["files"] {
  const files = [...landing.files].sort((left, right) => (left.add ?? 0) - (right.add ?? 0));
  const half = files.reduce((sum, file) => sum + (file.add ?? 0), 0) * 0.45;
  let taken = 0;
  return files.filter((file) => {
    taken += file.add ?? 0;
    return taken <= half;
  });
}

/** The whole history of one repository: its events, and what landed in landing order. */
export function repositoryHistory(
  orgId: number,
  repository: SampleRepository,
): { events: FleetEvent[]; landings: Landing[] } {
  return new HistoryWriter(orgId, repository).write();
}
