import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectRepository } from "@/lib/sources/git-history/inspect";
import { GITHUB, GitFixture, START } from "@/tests/factories/git-fixture";
import { NOW, pullGit } from "@/tests/factories/pull-git";

const HOUR = 3600;
let repo: GitFixture;

beforeAll(() => {
  repo = new GitFixture()
    .commit("root", { message: "Begin", committedAt: START, files: { "a.txt": "1\n", CODEOWNERS: "* @acme/core\n" } })
    .commit(
      "o1",
      { message: "Own work", parents: ["root"], committedAt: START + HOUR, files: { "b.txt": "1\n2\n" } },
      "refs/pull/1/head",
    )
    .commit("sq1", {
      message: "Add b (#1)",
      committer: GITHUB,
      committedAt: START + 2 * HOUR,
      files: { "b.txt": "1\n2\n" },
    })
    .commit("push", { message: "Push", committedAt: START + 30 * HOUR, files: { "a.txt": "1\n2\n" } })
    .commit("late", { message: "Written before", committedAt: START + 29 * HOUR, files: { "a.txt": "1\n2\n3\n" } })
    .commit("sq2", {
      message: "Remove b (#2)",
      committer: GITHUB,
      committedAt: START + 40 * HOUR,
      files: { "b.txt": null },
    })
    .write();
  repo.git(repo.gitDir, "config", "uploadpack.allowFilter", "true");
  repo.git(repo.gitDir, "config", "remote.origin.url", "https://someone:secret@github.com/acme/widgets.git");
});
afterAll(() => repo.remove());

const shas = (...names: string[]): string[] => names.map((name) => repo.sha(name));

describe("kinds of clones", () => {
  it("names the repository after its remote, without credentials, and addresses pull requests", async () => {
    const inspected = await inspectRepository({ path: repo.gitDir });
    expect(inspected).toMatchObject({
      org: "acme",
      repo: "widgets",
      url: "https://github.com/acme/widgets",
      branch: "main",
      lacks: "nothing",
    });
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(2).url).toBe("https://github.com/acme/widgets/pull/2");
    expect(pulled.events[0]?.id).toBe(`git:acme/widgets:commit:${repo.sha("root")}:landed`);
    expect(JSON.stringify(pulled.events)).not.toContain("secret");
  });

  it("reads an ordinary clone by the remote's default branch, and says that references are missing", async () => {
    const clone = repo.clone("clone");
    repo.git(clone, "checkout", "--quiet", "-b", "local-work");
    repo.git(
      clone,
      "-c",
      "user.name=a",
      "-c",
      "user.email=b",
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "Unpublished (#9)",
    );
    const pulled = await pullGit({ path: clone });
    expect(pulled.observed()).toMatchObject({
      branch: "main",
      headSha: repo.sha("sq2"),
      history: "full",
      pullRequestRefs: false,
      completeFrom: null,
    });
    expect(pulled.payloads("pull_request.merged").map(({ number }) => number)).toEqual([1, 2]);
    expect(pulled.payloads("pull_request.commit")).toEqual([]);
    expect((await pullGit({ path: clone, branch: "local-work" })).summary.counts.pullRequests).toBe(3);
    // Fuller ids sort first: what references add later wins over what was read without them.
    const id = pulled.events.find(({ kind }) => kind === "pull_request.merged")?.id ?? "";
    const fuller =
      (await pullGit({ path: repo.gitDir })).events.find(({ kind }) => kind === "pull_request.merged")?.id ?? "";
    expect(fuller.split(":merged")[1]).toBe("");
    expect(id.split(":merged")[1]).toBe(":without-refs");
  });

  it("reads a mirror, a worktree and the .git folder itself, all alike", async () => {
    const mirror = repo.clone("mirror.git", "--mirror");
    const clone = repo.clone("for-worktree");
    repo.git(clone, "fetch", "--quiet", "origin", "+refs/pull/*/head:refs/remotes/origin/pull/*/head");
    repo.git(clone, "worktree", "add", "--quiet", "--detach", path.join(repo.folder, "worktree"));
    const names = { org: "o", repo: "r" };
    const all = await Promise.all(
      [mirror, clone, path.join(clone, ".git"), path.join(repo.folder, "worktree")].map((folder) =>
        pullGit({ path: folder, ...names }),
      ),
    );
    const withoutObservation = all.map(({ events }) => events.filter(({ kind }) => kind !== "repository.observed"));
    for (const events of withoutObservation) expect(events).toEqual(withoutObservation[0]);
    expect(all[0]?.own(1).map(({ sha }) => sha)).toEqual(shas("o1"));
  });

  it("knows nothing of lines in a clone without contents, and fetches nothing", async () => {
    const clone = repo.clone("blobless", "--bare", "--filter=blob:none");
    const packs = () => readdirSync(path.join(clone, "objects/pack")).sort();
    const before = packs();
    const pulled = await pullGit({ path: clone });
    expect(pulled.landed(repo.sha("sq1"))).toMatchObject({
      lineCounts: "unknown",
      files: [{ path: "b.txt", add: null, del: null, before: null, after: expect.stringMatching(/^[0-9a-f]{40}$/) }],
    });
    expect(pulled.observed().lineCounts).toBe("unknown");
    expect(pulled.warnings()).toEqual(["no_line_counts", "codeowners_unread"]);
    expect(pulled.payloads("codeowners.changed")).toEqual([]);
    expect(pulled.summary.counts.pullRequests).toBe(2);
    expect(packs()).toEqual(before);
  });

  it("knows no files in a clone without trees", async () => {
    const pulled = await pullGit({ path: repo.clone("treeless", "--bare", "--filter=tree:0") });
    expect(
      pulled.payloads("commit.landed").every(({ files, lineCounts }) => files === null && lineCounts === "unknown"),
    ).toBe(true);
    expect(pulled.warnings()).toEqual(["no_trees"]);
    expect(pulled.summary.counts.pullRequests).toBe(2);
  });

  it("reads a shallow clone from its first commit, whose files it cannot know", async () => {
    const pulled = await pullGit({ path: repo.clone("shallow", "--depth=3") });
    expect(pulled.payloads("commit.landed").map(({ sha }) => sha)).toEqual(shas("push", "late", "sq2"));
    expect(pulled.landed(repo.sha("push"))).toMatchObject({ files: null, lineCounts: "unknown" });
    expect(pulled.landed(repo.sha("sq2"))).toMatchObject({
      lineCounts: "known",
      files: [{ path: "b.txt", add: 0, del: 2, after: null }],
    });
    expect(pulled.observed()).toMatchObject({
      history: "shallow",
      completeFrom: new Date((START + 30 * HOUR) * 1000).toISOString(),
    });
    expect(pulled.payloads("codeowners.changed")).toMatchObject([{ sha: repo.sha("push"), rules: "* @acme/core\n" }]);
    expect(pulled.warnings()).toEqual(["shallow_clone"]);
  });

  it("does not give a branch of a shallow clone more commits than it has", async () => {
    const deep = new GitFixture()
      .commit("root", { message: "Begin" })
      .commit("old", { message: "Old" })
      .commit("fork", { message: "Fork" });
    deep.commit("o1", { message: "Own", parents: ["old"] }, "refs/pull/1/head");
    deep.commit("m1", { message: "More" }).commit("sq", { message: "Land (#1)", committer: GITHUB }).write();
    const shallow = deep.clone("shallow.git", "--bare", "--depth=2");
    deep.git(shallow, "fetch", "--quiet", "--depth=2", "origin", "+refs/pull/*/head:refs/pull/*/head");
    const pulled = await pullGit({ path: shallow });
    expect(pulled.own(1)).toEqual([]);
    expect(pulled.merged(1).headSha).toBe(deep.sha("o1"));
    expect(pulled.warnings()).toEqual(["shallow_clone", "branch_commits_unknown"]);
    deep.remove();
  });
});

describe("ranges", () => {
  it("begins with the first commit that is recent enough and keeps the line whole from there", async () => {
    const since = new Date((START + 30 * HOUR) * 1000).toISOString();
    const pulled = await pullGit({ path: repo.gitDir, since });
    expect(pulled.payloads("commit.landed").map(({ sha }) => sha)).toEqual(shas("push", "late", "sq2"));
    expect(pulled.observed()).toMatchObject({ history: "since", completeFrom: since });
    expect(pulled.payloads("codeowners.changed")).toMatchObject([
      { sha: repo.sha("sq1"), path: "CODEOWNERS", rules: "* @acme/core\n" },
    ]);
    expect((await pullGit({ path: repo.gitDir, since: "2000-01-01" })).observed()).toMatchObject({
      history: "full",
      completeFrom: null,
    });
  });

  it("says when nothing is recent enough", async () => {
    const pulled = await pullGit({ path: repo.gitDir, since: "2026-05-01" });
    expect(pulled.summary.counts.commits).toBe(0);
    expect(pulled.warnings()).toEqual(["no_commits_since"]);
    expect(pulled.observed()).toMatchObject({ history: "since", completeFrom: "2026-05-01T00:00:00.000Z" });
  });

  it("goes on from a known head, with the same ids as a whole pull gives", async () => {
    const whole = await pullGit({ path: repo.gitDir });
    const rest = await pullGit({ path: repo.gitDir, knownHead: repo.sha("push") });
    expect(rest.payloads("commit.landed").map(({ sha }) => sha)).toEqual(shas("late", "sq2"));
    expect(whole.events).toEqual(expect.arrayContaining(rest.events));
    const none = await pullGit({ path: repo.gitDir, knownHead: repo.sha("sq2") });
    expect(none.events.map(({ kind }) => kind)).toEqual(["repository.observed"]);
  });

  it("reads everything again when the known head is gone from the branch", async () => {
    const pulled = await pullGit({ path: repo.gitDir, knownHead: "1".repeat(40) });
    expect(pulled.summary.counts.commits).toBe(5);
    expect(pulled.warnings()).toEqual(["history_rewritten"]);
  });
});

describe("watermark", () => {
  it("is the newest clock of the line, or the fetch that found the branch there", async () => {
    const clone = repo.clone("watermark");
    const newest = new Date((START + 40 * HOUR) * 1000).toISOString();
    const first = await pullGit({ path: clone });
    expect(first.observed().completeTo).toBe(newest);
    const fetchHead = path.join(clone, ".git/FETCH_HEAD");
    writeFileSync(fetchHead, `${repo.sha("push")}\t\tbranch 'main' of elsewhere\n`);
    expect((await pullGit({ path: clone })).observed().completeTo).toBe(newest);
    repo.git(clone, "fetch", "--quiet", "origin");
    utimesSync(fetchHead, NOW, new Date("2026-03-01T00:00:00Z"));
    const fetched = await pullGit({ path: clone });
    expect(fetched.observed().completeTo).toBe("2026-03-01T00:00:00.000Z");
    expect(fetched.events.at(-1)?.id).not.toBe(first.events.at(-1)?.id);
    utimesSync(fetchHead, NOW, new Date("2027-03-01T00:00:00Z"));
    expect((await pullGit({ path: clone })).observed().completeTo).toBe(newest);
  });
});
