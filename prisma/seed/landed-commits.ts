import type { ChangedFile, FleetEventOf, Signature } from "@/lib/events/schema";
import { commitSubject } from "@/lib/events/schema";
import { iso } from "./calendar";
import type { Change } from "./changes";
import { SAMPLE_OWNER, type SampleRepository } from "./company";
import type { DigestSequence } from "./digest";
import type { MakeEnvelope } from "./envelope";
import { identityOf, type OwnCommit, SITE } from "./own-commits";

/** What reached the default branch, ready to be written on its first-parent line. */
interface Arrival {
  change: Change;
  number: number | null;
  title: string;
  headRef: string;
  own: readonly OwnCommit[];
  files: readonly ChangedFile[];
  at: number;
  /** The squash commit keeps the branch's trailers; some repositories' settings drop them. */
  keepsTrailers: boolean;
}

interface LineCommit {
  author: Signature;
  committer: Signature;
  message: string;
  files: ChangedFile[];
  /** Second parent of a merge commit. */
  merged: string | null;
}

function squashMessage({ number, title, own, change, keepsTrailers }: Arrival): string {
  const subject = `${title} (#${number})`;
  if (change.kind === "undo") return `${subject}\n\n${own[0]?.message ?? title}`;
  const author = identityOf(change.credit.author).email;
  const coAuthors = own
    .filter((commit) => commit.author.email !== author && !commit.isMerge)
    .map((commit) => `Co-authored-by: ${commit.author.name} <${commit.author.email}>`);
  const trailers = [...new Set([...own.flatMap((commit) => commit.trailers), ...coAuthors])].filter(
    (trailer) => !trailer.endsWith(`<${author}>`),
  );
  const list = own.length > 1 ? own.map((commit) => `* ${withoutTrailers(commit)}`) : [];
  const parts = [subject, ...list];
  if (keepsTrailers && trailers.length > 0) parts.push(trailers.join("\n"));
  return parts.join("\n\n");
}

function withoutTrailers(commit: OwnCommit): string {
  return commit.trailers.length === 0 ? commit.message : (commit.message.split("\n\n")[0] ?? commit.message);
}

/** A rebase keeps each commit that still has something to change. */
function rebased(arrival: Arrival, committer: Signature): LineCommit[] {
  const commits = arrival.own.filter((commit) => !commit.isMerge);
  const lines = commits.map((commit, index) => ({
    author: commit.author,
    committer,
    message: commit.message,
    files: arrival.files.filter((_file, position) => position % commits.length === index),
    merged: null,
  }));
  const kept = lines.filter((line) => line.files.length > 0);
  return kept.length > 0 ? kept : lines.slice(-1);
}

function lineCommits(arrival: Arrival, repository: SampleRepository): LineCommit[] {
  const { change, at, own, number, title, headRef } = arrival;
  const files = [...arrival.files];
  const author = { ...identityOf(change.credit.author), at: iso(at) };
  const person = { name: change.credit.person.name, email: change.credit.person.email, at: iso(at) };
  if (number === null) {
    const message = change.kind === "undo" ? (own[0]?.message ?? title) : title;
    return [{ author: person, committer: person, message, files, merged: null }];
  }
  const site = { ...SITE, at: iso(at) };
  switch (repository.merge) {
    case "squash":
      return [{ author, committer: site, message: squashMessage(arrival), files, merged: null }];
    case "rebase":
      return rebased(arrival, person);
    case "merge":
      return [
        {
          author: person,
          committer: site,
          message: `Merge pull request #${number} from ${SAMPLE_OWNER}/${headRef}\n\n${title}`,
          files,
          merged: own.at(-1)?.sha ?? null,
        },
      ];
  }
}

/** Writes commits on the first-parent line of one repository, each on top of the one before. */
export class DefaultBranch {
  private headSha: string | null = null;

  constructor(
    private readonly repository: SampleRepository,
    private readonly digests: DigestSequence,
    private readonly envelope: MakeEnvelope,
  ) {}

  /** Newest commit; null before the first. */
  get head(): string | null {
    return this.headSha;
  }

  /** Lands a pull request or a push, oldest commit first. */
  land(arrival: Arrival): FleetEventOf<"commit.landed">[] {
    return lineCommits(arrival, this.repository).map((line) => this.write(line, arrival.at));
  }

  /** A plain push; the first one has no parents. */
  push(message: string, files: ChangedFile[], author: Signature, at: number): FleetEventOf<"commit.landed"> {
    return this.write({ author, committer: author, message, files, merged: null }, at);
  }

  private write(line: LineCommit, at: number): FleetEventOf<"commit.landed"> {
    const sha = this.digests.next("commit");
    const parents = [this.headSha, line.merged].filter((parent) => parent !== null);
    this.headSha = sha;
    return {
      ...this.envelope(`commit:${sha}`, at, commitSubject(this.repository.name, sha), null),
      kind: "commit.landed",
      payload: {
        sha,
        parents,
        author: line.author,
        committer: line.committer,
        message: line.message,
        files: line.files,
        lineCounts: "known",
      },
    };
  }
}
