import { createHash } from "node:crypto";
import { Random } from "@/prisma/seed/random";
import { checksOf, deploymentOf, issueOf, type Place, releaseOf, threadsOf, workflowRunOf } from "./generate-activity";
import type { Account, ChangedFile, Commit, Dataset, PullRequest, Repository, TimelineEntry } from "./model";
import { instant, MINUTE_MS, show } from "./values";

export interface DatasetSize {
  /** The organisation's login. */
  login: string;
  seed: number;
  repositories: number;
  /** Of each repository. */
  pullRequests: number;
  /** When the last of it happened. */
  end: Date;
  days: number;
}

const DAY_MS = 86_400_000;
const user = (databaseId: number, login: string, name: string): Account => ({ type: "User", login, databaseId, name });

const PEOPLE = [
  user(1001, "ada", "Ada Byron"),
  user(1002, "bo", "Bo Berg"),
  user(1003, "cleo", "Cleo Chen"),
  user(1004, "dan", "Dan Diaz"),
];
const COPILOT: Account = { type: "Bot", login: "copilot-swe-agent", databaseId: 198982749, name: null };
const DEPENDABOT: Account = { type: "Bot", login: "dependabot", databaseId: 49699333, name: null };
const GHOST: Account | null = null;

const digest = (...parts: (string | number)[]): string => createHash("sha1").update(parts.join(" ")).digest("hex");
const emailOf = ({ databaseId, login }: Account): string => `${databaseId}+${login}@users.noreply.github.com`;

/** A company at the test GitHub, with every trap that real histories have. The same seed gives the same one. */
export function generateDataset(size: DatasetSize): Dataset {
  const { login } = size;
  const organization = { type: "Organization" as const, login, databaseId: 77, name: login, id: `O_${login}` };
  const repositories = Array.from({ length: size.repositories }, (_, index) => new RepositoryMaker(size, index).make());
  return { organization, teams: [], repositories };
}

type Entry = Omit<TimelineEntry, "id" | "createdAt"> & { __typename: string };

class RepositoryMaker {
  private readonly random: Random;
  private readonly repository: Repository;
  private readonly name: string;
  private serial = 0;

  constructor(
    private readonly size: DatasetSize,
    private readonly index: number,
  ) {
    this.name = `repo-${String(index).padStart(3, "0")}`;
    this.random = new Random(size.seed * 7919 + index);
    this.repository = {
      id: `R_${size.login}_${this.name}`,
      databaseId: 5000 + index,
      owner: size.login,
      name: this.name,
      formerNames: [],
      isArchived: false,
      isFork: false,
      isPrivate: true,
      gone: false,
      defaultBranch: "main",
      head: null,
      commits: new Map(),
      codeowners: [],
      pullRequests: [],
      deployments: [],
      workflowRuns: [],
      issues: [],
      releases: [],
      reviewComments: [],
      alerts: null,
    };
  }

  make(): Repository {
    const { days, end, pullRequests } = this.size;
    const start = end.getTime() - days * DAY_MS;
    const step = (days * DAY_MS) / (pullRequests + 1);
    const first = this.land(start, "Initial commit", PEOPLE[0] as Account);
    this.repository.codeowners.push({ oid: first.oid, text: "* @acme/platform\n" });
    for (let number = 1; number <= pullRequests; number += 1) {
      this.pullRequest(number, start + number * step, step);
      if (number % 9 === 0) this.issue(number, start + number * step + step / 2);
      if (this.random.next() < 0.1) {
        const pushed = this.land(start + number * step + step * 0.9, `Fix typo ${number}`, this.person());
        if (this.repository.codeowners.length < 4) {
          this.repository.codeowners.push({
            oid: pushed.oid,
            text: `* @acme/team-${this.repository.codeowners.length}\n`,
          });
        }
      }
    }
    return this.repository;
  }

  private get place(): Place {
    return { login: this.size.login, name: this.name, index: this.index };
  }

  private person(): Account {
    return PEOPLE[this.random.int(0, PEOPLE.length - 1)] as Account;
  }

  private id(kind: string): string {
    this.serial += 1;
    return `${kind}_${this.name}_${this.serial}`;
  }

  private commit(at: number, message: string, author: Account, parents: string[], clock = at): Commit {
    const signature = { name: author.name ?? author.login, email: emailOf(author), date: instant(clock) };
    const commit: Commit = {
      oid: digest(this.name, message, at, ...parents),
      message,
      author: signature,
      committer: { ...signature, date: instant(at) },
      parents,
    };
    this.repository.commits.set(commit.oid, commit);
    return commit;
  }

  private land(at: number, message: string, author: Account, others: string[] = [], clock = at): Commit {
    const { head } = this.repository;
    const commit = this.commit(at, message, author, [...(head === null ? [] : [head]), ...others], clock);
    this.repository.head = commit.oid;
    return commit;
  }

  private issue(number: number, at: number): void {
    const by = PEOPLE[number % PEOPLE.length] as Account;
    this.repository.issues.push(issueOf(this.place, number, { at, author: this.person(), by, agent: COPILOT }));
  }

  private files(number: number): ChangedFile[] {
    const count = number % 37 === 0 ? 130 : this.random.int(1, 4);
    return Array.from({ length: count }, (_, file) => ({
      path: `src/module-${number % 11}/file-${file}.ts`,
      additions: this.random.int(1, 60),
      deletions: this.random.int(0, 20),
      changeType: "MODIFIED" as const,
    }));
  }

  private pullRequest(number: number, opened: number, step: number): void {
    const { random } = this;
    const byAgent = random.next() < 0.4;
    const byProgram = !byAgent && random.next() < 0.08;
    const author = byAgent ? COPILOT : byProgram ? DEPENDABOT : random.next() < 0.04 ? GHOST : this.person();
    const writer = author ?? (PEOPLE[3] as Account);
    const merges = random.next() < 0.85;
    const isDraft = byAgent;
    const timeline: TimelineEntry[] = [];
    const span = Math.min(step * 0.8, 2 * DAY_MS);
    let clock = opened;
    const add = (entry: Entry, minutes = 5) => {
      clock = Math.min(clock + minutes * MINUTE_MS, opened + span);
      timeline.push({ id: this.id(entry.__typename), createdAt: instant(clock), ...entry });
    };
    const title = byProgram ? `Bump left-pad to ${number}` : `Add feature ${number}`;
    const base = this.repository.head as string;
    const own: Commit[] = [];
    const commits = number % 41 === 0 ? 120 : random.int(1, 3);
    let parent = base;
    for (let position = 0; position < commits; position += 1) {
      const trailer = byAgent ? "\n\nCo-authored-by: Ada Byron <1001+ada@users.noreply.github.com>" : "";
      const commit = this.commit(
        clock + position * 1000,
        `Part ${position + 1} of feature ${number}${trailer}`,
        writer,
        [parent],
      );
      parent = commit.oid;
      own.push(commit);
      add({ __typename: "PullRequestCommit", commit: { ...commit, additions: 10, deletions: 2 } }, 1);
    }
    const human = this.person();
    if (byAgent) {
      add({ __typename: "AssignedEvent", actor: show(human), assignee: show(COPILOT) });
      add({ __typename: "ReviewRequestedEvent", actor: show(COPILOT), requestedReviewer: show(human) });
      add({ __typename: "ReadyForReviewEvent", actor: show(COPILOT) });
    }
    if (number % 13 === 0) {
      add({
        __typename: "HeadRefForcePushedEvent",
        actor: show(writer),
        beforeCommit: null,
        afterCommit: { oid: parent },
      });
    }
    if (random.next() < 0.7) {
      const state = random.next() < 0.2 ? "CHANGES_REQUESTED" : "APPROVED";
      add(
        {
          __typename: "PullRequestReview",
          state,
          author: show(human),
          commit: { oid: parent },
        },
        30,
      );
      const review = timeline.at(-1) as TimelineEntry;
      review.submittedAt = review.createdAt;
      if (number % 17 === 0) {
        add({ __typename: "ReviewDismissedEvent", previousReviewState: state, review: { id: review.id } });
        review.state = "DISMISSED";
      }
    }
    if (number % 19 === 0)
      add({ __typename: "RenamedTitleEvent", previousTitle: `WIP ${number}`, currentTitle: title });
    if (number % 5 === 0) add({ __typename: "AutoMergeEnabledEvent", actor: show(human) });
    if (number % 23 === 0) add({ __typename: "AddedToMergeQueueEvent", actor: show(human) });
    const closed = clock + 10 * MINUTE_MS;
    const squash = `${title} (#${number})`;
    const landed = !merges
      ? null
      : number % 3 === 0
        ? this.land(closed, `Merge pull request #${number} from acme/branch-${number}\n\n${title}`, human, [parent])
        : number % 7 === 0
          ? own
              .map((commit, position) =>
                this.land(closed + position * 1000, commit.message, writer, [], Date.parse(commit.author.date)),
              )
              .at(-1)
          : this.land(closed, squash, writer);
    const ended = landed?.committer.date ?? (random.next() < 0.7 ? instant(closed) : null);
    if (ended !== null) {
      timeline.push({ __typename: "ClosedEvent", id: this.id("ClosedEvent"), createdAt: ended, actor: show(human) });
    }
    const { comments, threads } = threadsOf(this.place, number, human, { headRefOid: parent, at: clock });
    this.repository.reviewComments.push(...comments);
    const pull: PullRequest = {
      id: `PR_${this.name}_${number}`,
      databaseId: (this.index + 1) * 100_000 + number,
      number,
      title,
      body: number % 6 === 0 ? "" : `What it does: feature ${number}.`,
      state: landed != null ? "MERGED" : ended !== null ? "CLOSED" : "OPEN",
      isDraft: false,
      createdAt: instant(opened),
      updatedAt: ended ?? instant(clock),
      closedAt: ended,
      mergedAt: landed != null ? ended : null,
      author,
      mergedBy: landed != null ? human : null,
      headRefName: byAgent ? `copilot/feature-${number}` : `branch-${number}`,
      headRefOid: parent,
      baseRefName: "main",
      mergeCommit: landed?.oid ?? null,
      labels: number % 4 === 0 ? ["bug", "area: core"] : [],
      files: this.files(number),
      timeline,
      threads,
      checks: checksOf(this.name, number, clock),
    };
    if (isDraft && !timeline.some(({ __typename }) => __typename === "ReadyForReviewEvent")) pull.isDraft = true;
    this.repository.pullRequests.push(pull);
    this.around(pull, landed?.oid ?? null);
  }

  private around(pull: PullRequest, landed: string | null): void {
    const start = Date.parse(pull.createdAt) + 3 * MINUTE_MS;
    const failed = this.random.next() < 0.2;
    const end = start + this.random.int(1, 20) * MINUTE_MS;
    this.repository.workflowRuns.push(workflowRunOf(pull, { start, end, failed }));
    if (landed !== null && pull.number % 10 === 0) this.repository.releases.push(releaseOf(this.name, pull, landed));
    if (landed !== null && pull.number % 4 === 0) {
      this.repository.deployments.push(deploymentOf(this.name, pull, landed, PEOPLE[0] as Account));
    }
  }
}
