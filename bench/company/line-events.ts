import type { ChangedFile, FleetEvent, FleetEventOf, Signature } from "@/lib/events/schema";
import { commitSubject, pullRequestSubject, repositorySubject } from "@/lib/events/schema";
import { iso } from "@/prisma/seed/calendar";
import { DigestSequence } from "@/prisma/seed/digest";
import { personActor } from "@/prisma/seed/people";
import { type Random, randomStream } from "@/prisma/seed/random";
import { Worktree } from "@/prisma/seed/worktree";
import { type Company, type CompanyRepository, END, OWNER, START } from "./company";
import { editsFor, LOCK_FILE } from "./edits";
import { envelopes, type MakeEnvelope } from "./envelope";
import { type Landed, type Wording, wordingOf } from "./wording";
import type { Work } from "./work";

const SITE = { name: "GitHub", email: "noreply@github.com" };
const CODEOWNERS_PATH = ".github/CODEOWNERS";

/** A landed pull request with the files that its revert has to put back. */
export interface LandedWork extends Landed {
  files: ChangedFile[];
}

interface Commit {
  author: Omit<Signature, "at">;
  committer: Omit<Signature, "at">;
  message: string;
  files: ChangedFile[];
  /** Second parent of a merge commit. */
  merged: string | null;
}

/** Where a line goes on: nothing of the files is remembered, so what comes next adds its own. */
export interface LineEnd {
  head: string;
  /** What may be taken back. */
  landed: readonly LandedWork[];
  /** Makes the ids of what comes next differ from all before; any text that was not used yet. */
  label: string;
}

/** The default branch of one repository while it is being written: commits on top of each other, files with blobs. */
class LineWriter {
  private head: string | null;
  private readonly digests: DigestSequence;
  private readonly tree: Worktree;
  private readonly landed = new Map<number, LandedWork>();
  private readonly envelope: MakeEnvelope;
  private readonly random: Random;

  constructor(
    private readonly repository: CompanyRepository,
    orgId: number,
    seed: number,
    end: LineEnd | null,
  ) {
    const label = `${OWNER}/${repository.name}${end === null ? "" : `:${end.label}`}`;
    this.head = end?.head ?? null;
    for (const work of end?.landed ?? []) this.landed.set(work.number, work);
    this.digests = new DigestSequence(label);
    this.tree = new Worktree(this.digests);
    this.envelope = envelopes(orgId, repository.name);
    this.random = randomStream(seed, `line:${label}`);
  }

  /** The first commit, and the CODEOWNERS file where folders belong to another team. */
  *start(): Generator<FleetEvent> {
    const { guest, team } = this.repository;
    const owners = guest === null ? [] : [{ path: CODEOWNERS_PATH, add: 2, del: 0 }];
    const files = this.tree.apply([{ path: "README.md", add: 10, del: 0 }, ...owners]);
    const first = team.people[0];
    const signature = { name: first?.name ?? "Founder", email: first?.email ?? "founder@meridian.example" };
    const commit = { author: signature, committer: signature, message: "Start", files, merged: null };
    const event = this.write(commit, START);
    yield event;
    if (guest === null) return;
    const rules = `* @${OWNER}/${team.slug}\n/src/*/*-policy.ts @${OWNER}/${guest.slug}\n/docs/ @${OWNER}/${guest.slug}\n`;
    yield {
      ...this.envelope(`codeowners:${event.payload.sha}`, START, repositorySubject(this.repository.name)),
      kind: "codeowners.changed",
      payload: { sha: event.payload.sha, path: CODEOWNERS_PATH, rules },
    };
  }

  /** One merged pull request: its commit and what the source says of it. */
  land(work: Work): FleetEvent[] {
    const { name, merge } = this.repository;
    const target = work.kind === "revert" ? (this.landed.get(work.target.number) ?? null) : null;
    const wording = wordingOf(work, target, name, this.random);
    const files = this.filesOf(work, target);
    const commit = this.write(this.commitOf(work, wording, files), work.at);
    const { sha } = commit.payload;
    const { author, body, headRef, title } = wording;
    this.landed.set(work.number, { number: work.number, title, headRef, sha, files });
    const merger = personActor(work.person);
    const merged: FleetEventOf<"pull_request.merged"> = {
      ...this.envelope(`pull_request:${work.number}:merged`, work.at, pullRequestSubject(name, work.number), merger),
      kind: "pull_request.merged",
      payload: {
        number: work.number,
        title,
        body: body === "" ? null : body,
        author,
        headRef,
        headSha: null,
        baseRef: "main",
        labels: [],
        taskType: null,
        mergeKind: merge,
        mergedAt: iso(work.at),
        mergeSha: sha,
        landedShas: [sha],
        mergedBy: merger,
        url: null,
      },
    };
    return [commit, merged];
  }

  /** Where the repository stands; everything up to `completeTo` has been said. */
  observed(completeTo: number): FleetEvent {
    const { name } = this.repository;
    if (this.head === null) throw new Error(`${name} was observed before its first commit`);
    return {
      ...this.envelope(`observed:${this.head}:${completeTo}`, completeTo, repositorySubject(name)),
      kind: "repository.observed",
      payload: {
        branch: "main",
        headSha: this.head,
        url: `https://git.meridian.example/${OWNER}/${name}`,
        completeFrom: null,
        completeTo: iso(completeTo),
        history: "full",
        lineCounts: "known",
        pullRequestRefs: false,
      },
    };
  }

  private filesOf(work: Work, target: LandedWork | null): ChangedFile[] {
    const { domain } = this.repository;
    switch (work.kind) {
      case "ordinary":
        return this.tree.apply(editsFor(work.task, domain, this.random));
      case "revert":
        return this.tree.invert(target === null ? [] : [target.files]);
      case "update":
        return this.tree.apply([
          { path: "package.json", add: 1, del: 1 },
          { path: LOCK_FILE, add: 12, del: 12 },
        ]);
      case "release":
        return this.tree.apply([
          { path: "package.json", add: 1, del: 1 },
          { path: "CHANGELOG.md", add: 20, del: 0 },
        ]);
    }
  }

  private commitOf(work: Work, { author, body, headRef, title }: Wording, files: ChangedFile[]): Commit {
    const { number, person } = work;
    const by = { name: author.name ?? person.name, email: author.email ?? person.email };
    const rest = body === "" ? "" : `\n\n${body}`;
    switch (this.repository.merge) {
      case "squash":
        return { author: by, committer: SITE, message: `${title} (#${number})${rest}`, files, merged: null };
      case "rebase":
        return { author: by, committer: by, message: `${title}${rest}`, files, merged: null };
      case "merge": {
        const message = `Merge pull request #${number} from ${OWNER}/${headRef}\n\n${title}${rest}`;
        const own = { name: person.name, email: person.email };
        return { author: own, committer: SITE, message, files, merged: this.digests.next("commit") };
      }
    }
  }

  private write(commit: Commit, at: number): FleetEventOf<"commit.landed"> {
    const { author, committer, files, merged, message } = commit;
    const sha = this.digests.next("commit");
    const parents = [this.head, merged].filter((parent) => parent !== null);
    this.head = sha;
    return {
      ...this.envelope(`commit:${sha}`, at, commitSubject(this.repository.name, sha)),
      kind: "commit.landed",
      payload: {
        sha,
        parents,
        author: { ...author, at: iso(at) },
        committer: { ...committer, at: iso(at) },
        message,
        files,
        lineCounts: "known",
      },
    };
  }
}

/** The events of a repository's default branch as a clone gives them, oldest first; the observation comes last. */
export function* lineEvents(
  company: Company,
  repository: CompanyRepository,
  work: readonly Work[],
  orgId: number,
): Generator<FleetEvent> {
  const writer = new LineWriter(repository, orgId, company.size.seed, null);
  yield* writer.start();
  for (const one of work) if (one.outcome === "merged") yield* writer.land(one);
  yield writer.observed(END);
}

/** What a repository's default branch gains after it was read: more work on top of its head, and where it stands then. */
export function* laterLineEvents(
  company: Company,
  repository: CompanyRepository,
  work: readonly Work[],
  orgId: number,
  from: LineEnd,
  completeTo: number,
): Generator<FleetEvent> {
  const writer = new LineWriter(repository, orgId, company.size.seed, from);
  for (const one of work) if (one.outcome === "merged") yield* writer.land(one);
  yield writer.observed(completeTo);
}
