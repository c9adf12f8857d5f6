import { createHash } from "node:crypto";
import type { ChangedFile, FleetEvent, Signature } from "@/lib/events/schema";
import { commitSubject, pullRequestSubject, repositorySubject } from "@/lib/events/schema";

const hash = (text: string): string => createHash("sha1").update(text).digest("hex");
const PERSON = { name: "Ada Example", email: "ada@example.com" };
export const CLAUDE_TRAILER = "Co-Authored-By: Claude <noreply@anthropic.com>";

interface Landing {
  title: string;
  at: string;
  number?: number;
  body?: string;
  files?: string[];
  /** Messages of the branch's own commits. */
  own?: string[];
  author?: { name: string; email: string };
}

/** Writes a repository's history as the events of the git source: one line of landings with consistent blob ids. */
export class HistoryFactory {
  private readonly landed: FleetEvent[] = [];
  private readonly blobs = new Map<string, string>();
  private head: string | null = null;
  private last = "";

  constructor(
    private readonly orgId: number,
    readonly repo: string,
  ) {}

  private base(id: string, at: string) {
    return {
      id: `git:test/${this.repo}:${id}`,
      orgId: this.orgId,
      source: "git",
      repo: this.repo,
      occurredAt: at,
      actor: null,
    };
  }

  /** Lands a pull request (squash) or, without a number, a direct push; returns the commit id. */
  land({ title, at, number, body = "", files = ["src/a.ts"], own = [], author = PERSON }: Landing): string {
    const subject = number === undefined ? title : `${title} (#${number})`;
    const sha = hash(`${this.repo} ${this.landed.length} ${title} ${at}`);
    const changed = files.map((path): ChangedFile => {
      const before = this.blobs.get(path) ?? null;
      const after = hash(`${sha} ${path}`);
      this.blobs.set(path, after);
      return { path, add: 10, del: before === null ? 0 : 2, before, after };
    });
    return this.commit({ sha, subject, title, at, number, body, own, author, files: changed });
  }

  /** Lands the exact inverse of an earlier landing: its files go back to what they held before. */
  undo(target: string, landing: Landing): string {
    const files = this.filesOf(target).map((file): ChangedFile => {
      if (file.before === null) this.blobs.delete(file.path);
      else this.blobs.set(file.path, file.before);
      return { path: file.path, add: file.del, del: file.add, before: file.after, after: file.before };
    });
    const subject = landing.number === undefined ? landing.title : `${landing.title} (#${landing.number})`;
    const sha = hash(`${this.repo} ${this.landed.length} ${landing.title} ${landing.at}`);
    return this.commit({
      ...landing,
      body: landing.body ?? "",
      own: landing.own ?? [],
      author: PERSON,
      sha,
      subject,
      files,
    });
  }

  private filesOf(sha: string): ChangedFile[] {
    for (const event of this.landed)
      if (event.kind === "commit.landed" && event.payload.sha === sha) return event.payload.files ?? [];
    throw new Error(`${sha} did not land`);
  }

  private commit(input: {
    sha: string;
    subject: string;
    title: string;
    at: string;
    number?: number;
    body: string;
    own: string[];
    author: { name: string; email: string };
    files: ChangedFile[];
  }): string {
    const { sha, at, number, title, body } = input;
    const author: Signature = { ...input.author, at };
    this.landed.push({
      ...this.base(`commit:${sha}`, at),
      kind: "commit.landed",
      subject: commitSubject(this.repo, sha),
      payload: {
        sha,
        parents: this.head === null ? [] : [this.head],
        author,
        committer: { name: "GitHub", email: "noreply@github.com", at },
        message: body === "" ? input.subject : `${input.subject}\n\n${body}`,
        files: input.files,
        lineCounts: "known",
      },
    });
    this.head = sha;
    if (at > this.last) this.last = at;
    if (number === undefined) return sha;
    this.landed.push({
      ...this.base(`pull_request:${number}:merged`, at),
      kind: "pull_request.merged",
      subject: pullRequestSubject(this.repo, number),
      payload: {
        number,
        title,
        body,
        author: { type: "unknown", id: null, login: null, ...input.author },
        headRef: null,
        headSha: null,
        baseRef: "main",
        labels: [],
        taskType: null,
        mergeKind: "squash",
        mergedAt: at,
        mergeSha: sha,
        landedShas: [sha],
        mergedBy: null,
        url: `https://github.com/test/${this.repo}/pull/${number}`,
      },
    });
    input.own.forEach((message, position) => {
      const ownSha = hash(`${sha} own ${position}`);
      this.landed.push({
        ...this.base(`pull_request:${number}:commit:${ownSha}`, at),
        kind: "pull_request.commit",
        subject: pullRequestSubject(this.repo, number),
        payload: {
          number,
          sha: ownSha,
          position,
          author: { ...PERSON, at },
          committer: { ...PERSON, at },
          message,
          isMerge: false,
          additions: 10,
          deletions: 0,
        },
      });
    });
    return sha;
  }

  /** Everything so far, with an observation of the head; `completeTo` defaults to the last landing. */
  events(completeTo: string = this.last): FleetEvent[] {
    if (this.head === null) throw new Error("nothing has landed");
    return [
      ...this.landed,
      {
        ...this.base(`observed:${this.head}:${completeTo}`, completeTo),
        kind: "repository.observed",
        subject: repositorySubject(this.repo),
        payload: {
          branch: "main",
          headSha: this.head,
          url: `https://github.com/test/${this.repo}`,
          completeFrom: null,
          completeTo,
          history: "full",
          lineCounts: "known",
          pullRequestRefs: true,
        },
      },
    ];
  }
}
