import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { LandedChange } from "@/lib/attribution/types";
import type { ChangedFile } from "@/lib/events/schema";
import { createRevertResolver } from "./resolver";
import { type RevertScore, revertReferenceSchema, scoreReverts } from "./score";

/**
 * Two public histories whose reverts were read one by one. The exports hold no contents: blob ids are made up here, a
 * new one for each change of a file, and the former one where the reading found a file's contents back.
 */
const DATA = path.resolve(process.cwd(), "../shared/data");

interface CommitRecord {
  sha: string;
  first_parent: boolean;
  committer: { date: string };
  subject: string;
  body?: string | null;
  files?: { path: string; from?: string; add: number | null; del: number | null }[];
}
interface PullRecord {
  number: number;
  title?: string;
  merge_commit_sha?: string;
  commits: { sha: string; subject: string; notes?: string[]; trailers?: [string, string][] }[];
}

const text = (file: string): string => gunzipSync(readFileSync(path.join(DATA, file))).toString("utf8");
const lines = <T>(file: string): T[] =>
  text(file)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

function readReference(name: string) {
  const json: unknown = JSON.parse(readFileSync(path.join(DATA, `${name}.reverts.reference.json`), "utf8"));
  return { reference: revertReferenceSchema.parse(json), evidence: json as Evidence };
}
interface Evidence {
  reverts: { revert_sha: string | null; targets: { sha: string; evidence: string[] }[] }[];
}

function load(name: string) {
  const { reference, evidence } = readReference(name);
  const pulls = lines<PullRecord>(`${name}.pulls.jsonl.gz`);
  const pullOf = new Map(pulls.flatMap((pull) => (pull.merge_commit_sha ? [[pull.merge_commit_sha, pull]] : [])));
  const contents = new Contents(evidence);
  const changes = lines<CommitRecord>(`${name}.commits.jsonl.gz`)
    .filter((commit) => commit.first_parent)
    .map((commit) => changeOf(commit, pullOf.get(commit.sha), contents.change(commit)));
  return { reference, changes };
}

/** Which version of its contents each path holds. */
class Contents {
  private readonly now = new Map<string, string | null>();
  private readonly before = new Map<
    string,
    Map<string, { id: string | null; add: number | null; del: number | null }>
  >();
  private readonly undoes: Map<string, string[]>;

  constructor({ reverts }: Evidence) {
    this.undoes = new Map(
      reverts.flatMap(({ revert_sha, targets }) => {
        const exact = targets.filter((target) => target.evidence.some((e) => e.startsWith("blobs inverse")));
        return revert_sha === null ? [] : [[revert_sha, exact.map((target) => target.sha)]];
      }),
    );
  }

  change({ sha, files = [] }: CommitRecord): ChangedFile[] {
    const kept = new Map<string, { id: string | null; add: number | null; del: number | null }>();
    this.before.set(sha, kept);
    return files.map(({ path: file, from, add, del }) => {
      const id = this.now.get(from ?? file) ?? null;
      kept.set(file, { id, add, del });
      const targets = (this.undoes.get(sha) ?? []).map((target) => this.before.get(target)?.get(file));
      const back = targets.find((former) => former && former.add === del && former.del === add);
      const after = back ? back.id : hex(`${sha} ${file}`);
      if (from !== undefined) this.now.delete(from);
      this.now.set(file, after);
      return { path: file, ...(from === undefined ? {} : { from }), add, del, before: id, after };
    });
  }
}

function hex(input: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const c of input) {
    a = Math.imul(a ^ (c.codePointAt(0) ?? 0), 0x01000193);
    b = Math.imul(b + (a >>> 3), 0x85ebca6b);
  }
  return [a, b]
    .map((n) => (n >>> 0).toString(16).padStart(8, "0"))
    .join("")
    .padEnd(40, "0");
}

function changeOf(commit: CommitRecord, pull: PullRecord | undefined, files: ChangedFile[]): LandedChange {
  return {
    key: pull ? `pr:${pull.number}` : `sha:${commit.sha}`,
    number: pull?.number ?? null,
    title: pull?.title ?? commit.subject,
    message: commit.body ? `${commit.subject}\n\n${commit.body}` : commit.subject,
    body: null,
    headRef: null,
    landedShas: [commit.sha],
    own: (pull?.commits ?? []).map(({ sha, subject, notes = [] }) => ({
      sha,
      message: [subject, notes.join("\n")].filter((part) => part !== "").join("\n\n"),
    })),
    landedAt: Date.parse(commit.committer.date),
    isSyncMerge: false,
    files,
  };
}

const loaded = new Map<string, ReturnType<typeof load>>();

function score(name: string, degrade: (change: LandedChange) => LandedChange = (change) => change): RevertScore {
  const history = loaded.get(name) ?? load(name);
  loaded.set(name, history);
  const { changes, reference } = history;
  const resolver = createRevertResolver({ repo: name });
  for (const change of changes) resolver.push(degrade(change));
  return scoreReverts(resolver.finish(), reference);
}

const withoutOwn = (change: LandedChange): LandedChange => ({ ...change, own: [] });
const withoutFiles = (change: LandedChange): LandedChange => ({ ...change, files: null });
const withoutBlobs = (change: LandedChange): LandedChange => ({
  ...change,
  files: change.files?.map((file) => ({ ...file, before: null, after: null })) ?? null,
});

describe.skipIf(!existsSync(DATA))("real histories (skipped: ../shared/data is not here)", () => {
  it.each([
    ["langfuse", 38],
    ["aspire", 23],
  ])("%s: every reverted pull request, no other, hours as read", { timeout: 60_000 }, (name, reverted) => {
    const found = score(name);
    expect(found).toMatchObject({
      precision: 1,
      recall: 1,
      matched: reverted,
      hoursDifferences: [],
      missed: [],
      extra: [],
    });
    expect(found.undeclared).toMatchObject({ found: found.undeclared.reference, matched: found.undeclared.reference });
  });

  it.each([
    ["langfuse", "branch commits", withoutOwn, 38, 0],
    ["aspire", "branch commits", withoutOwn, 23, 0],
    // Without contents "revert background migration …" cannot be told from a full revert: the file it leaves is there.
    ["langfuse", "blob ids", withoutBlobs, 38, 1],
    ["aspire", "blob ids", withoutBlobs, 23, 0],
    // Three reverts name nothing, and only their files show what they take back.
    ["langfuse", "files", withoutFiles, 35, 0],
    ["aspire", "files", withoutFiles, 23, 0],
  ])("%s without %s", { timeout: 60_000 }, (name, _, degrade, matched, extra) => {
    const found = score(name, degrade);
    expect([found.matched, found.extra.length, found.hoursDifferences]).toEqual([matched, extra, []]);
  });
});
