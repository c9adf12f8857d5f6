import { createHash } from "node:crypto";
import type { ChangedFile, FleetEvent, Signature } from "@/lib/events/schema";
import { commitSubject, pullRequestSubject, repositorySubject } from "@/lib/events/schema";

/** Things that happen to a repository, each with numbers that choose among what is possible. */
export type Happening = readonly [kind: HappeningKind, choice: number];
export const HAPPENINGS = [
  "squash",
  "direct",
  "rebase",
  "revert",
  "partial",
  "reland",
  "codeowners",
  "bot",
  "elsewhere",
  "thin",
  "force",
  "branch",
  "moved",
  "observe",
] as const;
export type HappeningKind = (typeof HAPPENINGS)[number];

interface Landed {
  sha: string;
  parent: string | null;
  title: string;
  number: number | null;
  files: ChangedFile[];
}

const HOUR_MS = 3_600_000;
const START = Date.parse("2026-01-05T22:30:00Z");
const PATHS = ["src/a.ts", "src/b.ts", "lib/c.ts", "docs/d.md", "test/e.test.ts"];
const hash = (text: string): string => createHash("sha1").update(text).digest("hex");
const PERSON = { name: "Ada Example", email: "ada@example.com" };
const BOT = { name: "tidy-thing[bot]", email: "41+tidy-thing[bot]@users.noreply.github.com" };

/** Plays happenings and gives the events of each, as a source would write them. */
export class RandomHistory {
  private readonly commits = new Map<string, Landed>();
  private head: string | null = null;
  private branch = "main";
  private url: string | null = "https://github.com/test/app";
  private step = 0;
  private number = 0;
  private clock = START;

  constructor(
    private readonly orgId: number,
    private readonly repo: string,
  ) {}

  /** Head of the branch, null before the first landing. */
  get headSha(): string | null {
    return this.head;
  }

  play([kind, choice]: Happening): FleetEvent[] {
    this.step += 1;
    // Clocks run backwards now and then.
    this.clock += ((choice % 30) - 2) * HOUR_MS;
    const line = this.line();
    const target = line.length > 0 ? line[choice % line.length] : undefined;
    switch (kind) {
      case "squash":
        return this.land({ title: `feat: thing ${choice % 4}`, choice, pullRequest: true });
      case "bot":
        return this.land({ title: "chore: tidy", choice, pullRequest: true, author: BOT });
      case "direct":
        return this.land({ title: `fix: thing ${choice % 3}`, choice, pullRequest: false });
      case "rebase":
        return this.rebase(choice);
      case "revert":
      case "partial":
      case "reland":
        return target === undefined ? [] : this.undo(kind, target, choice);
      case "codeowners":
        return this.codeowners(choice);
      case "elsewhere":
        return this.merged(++this.number, "feat: elsewhere", [hash(`${this.repo} elsewhere ${choice % 3}`)], choice);
      case "thin":
        return target === undefined ? [] : [this.landedEvent(target, "thin")];
      case "force":
        this.head = target?.sha ?? null;
        return [];
      case "branch":
        this.branch = this.branch === "main" ? "next" : "main";
        return this.observe(choice);
      case "moved":
        this.url = choice % 2 === 0 ? "https://github.com/test/app" : null;
        return this.observe(choice);
      case "observe":
        return this.observe(choice);
    }
  }

  private line(): Landed[] {
    const line: Landed[] = [];
    for (let sha = this.head; sha !== null; ) {
      const commit = this.commits.get(sha);
      if (commit === undefined) break;
      line.push(commit);
      sha = commit.parent;
    }
    return line.reverse();
  }

  private at(): string {
    return new Date(this.clock).toISOString();
  }

  private base(id: string) {
    const { orgId, repo } = this;
    return { id: `git:test/${repo}:${id}`, orgId, source: "git", repo, occurredAt: this.at(), actor: null };
  }

  private contents(): Map<string, string | null> {
    return new Map(this.line().flatMap(({ files }) => files.map(({ path, after }) => [path, after] as const)));
  }

  private changes(choice: number): ChangedFile[] {
    const contents = this.contents();
    const paths = [PATHS[choice % 5], PATHS[(choice >> 3) % 5]].flatMap((path) => path ?? []);
    return [...new Set(paths)].map((path) => {
      const before = contents.get(path) ?? null;
      return {
        path,
        add: 5 + (choice % 40),
        del: before === null ? 0 : 3,
        before,
        after: hash(`${this.step} ${path}`),
      };
    });
  }

  private commit(title: string, files: ChangedFile[], number: number | null, part = 0): Landed {
    const landed = { sha: hash(`${this.repo} ${this.step} ${part}`), parent: this.head, title, number, files };
    this.commits.set(landed.sha, landed);
    this.head = landed.sha;
    return landed;
  }

  private landedEvent(landed: Landed, form: "known" | "thin", body = "", author = PERSON): FleetEvent {
    const signature: Signature = { ...author, at: this.at() };
    const subject = landed.number === null ? landed.title : `${landed.title} (#${landed.number})`;
    return {
      ...this.base(`commit:${landed.sha}${form === "thin" ? ":thin" : ""}`),
      kind: "commit.landed",
      subject: commitSubject(this.repo, landed.sha),
      payload: {
        sha: landed.sha,
        parents: landed.parent === null ? [] : [landed.parent],
        author: signature,
        committer: { name: "GitHub", email: "noreply@github.com", at: this.at() },
        message: body === "" ? subject : `${subject}\n\n${body}`,
        files: form === "thin" ? null : landed.files,
        lineCounts: form === "thin" ? "unknown" : "known",
      },
    };
  }

  private land(input: {
    title: string;
    choice: number;
    pullRequest: boolean;
    body?: string;
    files?: ChangedFile[];
    author?: { name: string; email: string };
  }): FleetEvent[] {
    const { title, choice, body = "", author = PERSON } = input;
    const number = input.pullRequest ? ++this.number : null;
    const landed = this.commit(title, input.files ?? this.changes(choice), number);
    const event = this.landedEvent(landed, "known", body, author);
    return number === null ? [event] : [event, ...this.merged(number, title, [landed.sha], choice, author)];
  }

  private rebase(choice: number): FleetEvent[] {
    const number = ++this.number;
    const parts = [0, 1].map((part) =>
      this.commit(`feat: part ${part} of ${choice % 3}`, this.changes(choice), null, part),
    );
    const shas = parts.map(({ sha }) => sha);
    return [
      ...parts.map((part) => this.landedEvent(part, "known")),
      ...this.merged(number, "feat: parts", shas, choice),
    ];
  }

  private undo(kind: "revert" | "partial" | "reland", target: Landed, choice: number): FleetEvent[] {
    const files = target.files.slice(0, kind === "partial" ? 1 : undefined).map(
      (file): ChangedFile => ({
        path: file.path,
        add: file.del,
        del: kind === "partial" ? 1 : file.add,
        before: file.after,
        after: file.before,
      }),
    );
    const verb = kind === "reland" ? "Reapply" : "Revert";
    const named = target.number === null ? target.title : `${target.title} (#${target.number})`;
    return this.land({
      title: `${verb} "${named}"`,
      choice,
      pullRequest: choice % 3 > 0,
      body: choice % 2 === 0 ? `This reverts commit ${target.sha}.` : "",
      files,
    });
  }

  private codeowners(choice: number): FleetEvent[] {
    const file = { path: "CODEOWNERS", add: 1, del: 0, before: null, after: hash(`owners ${this.step}`) };
    const landed = this.commit("chore: owners", [file], null);
    return [
      this.landedEvent(landed, "known"),
      {
        ...this.base(`codeowners:${landed.sha}`),
        kind: "codeowners.changed",
        subject: commitSubject(this.repo, landed.sha),
        payload: {
          sha: landed.sha,
          path: "CODEOWNERS",
          rules: choice % 4 === 0 ? null : `* @test/team-${choice % 3}\n/src/ @test/team-${choice % 2}\n`,
        },
      },
    ];
  }

  private merged(number: number, title: string, shas: string[], choice: number, author = PERSON): FleetEvent[] {
    const subject = pullRequestSubject(this.repo, number);
    const own = choice % 3 === 0 ? ["work", "work\n\nCo-Authored-By: Claude <noreply@anthropic.com>"] : [];
    return [
      {
        ...this.base(`pull_request:${number}:merged`),
        kind: "pull_request.merged",
        subject,
        payload: {
          number,
          title,
          body: null,
          author: { type: "unknown", id: null, login: null, ...author },
          headRef: null,
          headSha: null,
          baseRef: "main",
          labels: [],
          taskType: null,
          mergeKind: shas.length > 1 ? "rebase" : "squash",
          mergedAt: this.at(),
          mergeSha: shas.at(-1) ?? "",
          landedShas: shas,
          mergedBy: null,
          url: null,
        },
      },
      ...own.map((message, position): FleetEvent => {
        const sha = hash(`${this.repo} ${number} own ${position}`);
        return {
          ...this.base(`pull_request:${number}:commit:${sha}`),
          kind: "pull_request.commit",
          subject,
          payload: {
            number,
            sha,
            position,
            author: { ...PERSON, at: this.at() },
            committer: { ...PERSON, at: this.at() },
            message,
            isMerge: false,
            additions: 4,
            deletions: 0,
          },
        };
      }),
    ];
  }

  private observe(choice: number): FleetEvent[] {
    if (this.head === null) return [];
    return [
      {
        ...this.base(`observed:${this.step}`),
        kind: "repository.observed",
        subject: repositorySubject(this.repo),
        payload: {
          branch: this.branch,
          headSha: this.head,
          url: this.url,
          completeFrom: null,
          completeTo: new Date(this.clock + ((choice % 9) - 1) * HOUR_MS).toISOString(),
          history: "full",
          lineCounts: "known",
          pullRequestRefs: true,
        },
      },
    ];
  }
}
