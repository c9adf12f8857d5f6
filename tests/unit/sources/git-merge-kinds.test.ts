import { afterEach, describe, expect, it } from "vitest";
import { GITHUB, GitFixture, START } from "@/tests/factories/git-fixture";
import { pullGit } from "@/tests/factories/pull-git";

const fixtures: GitFixture[] = [];
const fixture = (): GitFixture => {
  const made = new GitFixture();
  fixtures.push(made);
  return made;
};
afterEach(() => {
  for (const made of fixtures.splice(0)) made.remove();
});

const BOB = { name: "Bob", email: "4711+bob@users.noreply.github.com" };

describe("squash merges and direct pushes", () => {
  it("takes the number at the end of the subject, and nothing else, for a pull request", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin", files: { "a.txt": "1\n" } })
      .commit("squash", {
        message: "Add b (#12)\n\n* add b\n\nCo-authored-by: X <x@y.z>",
        author: BOB,
        committer: GITHUB,
      })
      .commit("revert", { message: 'Revert "Add b (#12)"\n\nThis reverts commit abc.' })
      .commit("two", { message: 'Revert "Add b (#12)" (#15)', committer: GITHUB })
      .commit("numbers", { message: "Fix #9 (#9) (#16)", committer: GITHUB })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.payloads("pull_request.merged").map(({ number }) => number)).toEqual([12, 15, 16]);
    expect(pulled.merged(12)).toMatchObject({
      title: "Add b",
      body: "* add b\n\nCo-authored-by: X <x@y.z>",
      mergeKind: "squash",
      mergeSha: repo.sha("squash"),
      landedShas: [repo.sha("squash")],
      author: { type: "unknown", id: "4711", login: "bob", name: "Bob" },
      headRef: null,
      headSha: null,
      mergedBy: null,
      baseRef: "main",
      url: null,
    });
    expect(pulled.merged(15).title).toBe('Revert "Add b (#12)"');
    expect(pulled.merged(16).title).toBe("Fix #9 (#9)");
    expect(pulled.summary.counts).toMatchObject({ commits: 5, pullRequests: 3, squashMerges: 3, directPushes: 2 });
  });

  it("puts titles that were cut back together", async () => {
    const long = "Make the importer read histories of any length without ";
    const repo = fixture()
      .commit("root", { message: "Begin" })
      .commit("inside", { message: `${long}growing (#1…\n\n…23)\n\nWhy not`, committer: GITHUB })
      .commit("before", { message: `${long}gro…\n\n…wing again (#124)`, committer: GITHUB })
      .commit("listed", { message: `${long}gro… (#125)\n\n* ${long}growing thrice\n\n* more`, committer: GITHUB })
      .commit("lost", { message: `${long}growing (#1…\n\nNothing`, committer: GITHUB })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(123)).toMatchObject({ title: `${long}growing`, body: "Why not" });
    expect(pulled.merged(124)).toMatchObject({ title: `${long}growing again`, body: null });
    expect(pulled.merged(125).title).toBe(`${long}growing thrice`);
    expect(pulled.summary.counts).toMatchObject({ pullRequests: 3, directPushes: 2 });
  });

  it("asks the references whether a number is a pull request's, and GitHub's committer where they miss one", async () => {
    const repo = fixture().commit("root", { message: "Begin" });
    for (let number = 1; number <= 20; number += 1) {
      repo.commit(`branch${number}`, { message: `Work ${number}`, parents: ["root"] }, `refs/pull/${number}/head`);
      if (number === 10 || number === 11) continue;
      repo.commit(`squash${number}`, { message: `Land ${number} (#${number})`, committer: GITHUB });
    }
    repo.commit("issue", { message: "Fix the thing people saw (#0)" });
    repo.commit("ten", { message: "Fix what issue 30 says (#30)" });
    repo.commit("twentyone", { message: "Newest branch (#21)" }, "refs/heads/main");
    repo.write();
    repo.git(repo.gitDir, "update-ref", "-d", "refs/pull/20/head");
    repo.git(repo.gitDir, "update-ref", "refs/pull/40/head", repo.sha("branch20"));
    const pulled = await pullGit({ path: repo.gitDir });
    const numbers = pulled.payloads("pull_request.merged").map(({ number }) => number);
    // 20 lost its reference but was committed by the merge button; 21 and 30 are numbers of issues.
    expect(numbers).toContain(20);
    expect(numbers).not.toContain(21);
    expect(numbers).not.toContain(30);
    expect(pulled.warnings()).toContain("number_without_reference");
    expect(pulled.merged(1)).toMatchObject({ headSha: repo.sha("branch1") });
  });

  it("finds a squash whose number is lost by its branch having the same files", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin", files: { "a.txt": "1\n" } })
      .commit("branch", { message: "Work", parents: ["root"], files: { "b.txt": "b\n" } }, "refs/pull/123/head")
      .commit("other", { message: "Other", parents: ["root"], files: { "c.txt": "c\n" } }, "refs/pull/124/head")
      .commit("squash", {
        message: "A very long subject that is cut (#12…",
        files: { "b.txt": "b\n" },
        committer: GITHUB,
      })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(123)).toMatchObject({
      mergeKind: "squash",
      mergeSha: repo.sha("squash"),
      title: "A very long subject that is cut",
    });
    expect(pulled.summary.counts.pullRequests).toBe(1);
  });

  it("lands a number once: the merge button's commit, not another that names it", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin" })
      .commit("early", { message: "Prepare (#7)" })
      .commit("button", { message: "Do it (#7)", committer: GITHUB })
      .commit("between", { message: "Something" })
      .commit("late", { message: "Changelog for it (#7)" })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(7).mergeSha).toBe(repo.sha("button"));
    expect(pulled.summary.counts).toMatchObject({ pullRequests: 1, directPushes: 4 });
    expect(pulled.warnings()).toContain("repeated_number");
  });
});

describe("merge commits", () => {
  it("reads title, branch and own commits of a GitHub merge, without references too", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin", files: { "a.txt": "1\n" } })
      .commit(
        "one",
        { message: "First step", parents: ["root"], author: BOB, files: { "b.txt": "1\n2\n" } },
        "refs/heads/topic",
      )
      .commit("main2", { message: "Meanwhile", files: { "c.txt": "c\n" } })
      .commit(
        "sync",
        { message: "Merge branch 'main' into topic", parents: ["one", "main2"], files: { "c.txt": "c\n" } },
        "refs/heads/topic",
      )
      .commit(
        "two",
        { message: "Second step", files: { "b.txt": "1\n", bin: Buffer.from([0, 1, 2]) } },
        "refs/heads/topic",
      )
      .commit("merge", {
        message: "Merge pull request #31 from bob/feature/topic\n\nAdd the topic\n\nIts description",
        parents: ["main2", "two"],
        committer: GITHUB,
        files: { "b.txt": "1\n", bin: Buffer.from([0, 1, 2]) },
      })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(31)).toMatchObject({
      title: "Add the topic",
      body: "Its description",
      mergeKind: "merge",
      headRef: "feature/topic",
      headSha: repo.sha("two"),
      author: { login: "bob" },
    });
    const own = pulled.own(31);
    expect(
      own.map(({ sha, position, isMerge, additions, deletions }) => ({ sha, position, isMerge, additions, deletions })),
    ).toEqual([
      { sha: repo.sha("one"), position: 0, isMerge: false, additions: 2, deletions: 0 },
      { sha: repo.sha("sync"), position: 1, isMerge: true, additions: null, deletions: null },
      { sha: repo.sha("two"), position: 2, isMerge: false, additions: 0, deletions: 1 },
    ]);
    const merge = pulled.landed(repo.sha("merge"));
    expect(merge.parents).toEqual([repo.sha("main2"), repo.sha("two")]);
    expect(merge.files?.map(({ path, add, del }) => ({ path, add, del }))).toEqual([
      { path: "b.txt", add: 1, del: 0 },
      { path: "bin", add: null, del: null },
    ]);
    expect(pulled.summary.counts).toMatchObject({ commits: 3, mergeCommits: 1, directPushes: 2 });
  });

  it("does not give a branch the commits of another that landed before it", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin" })
      .commit("a1", { message: "A", parents: ["root"] }, "refs/heads/a")
      .commit("b1", { message: "B on top of A", parents: ["a1"] }, "refs/heads/b")
      .commit("ma", { message: "Merge pull request #1 from o/a\n\nA", parents: ["root", "a1"] })
      .commit("mb", { message: "Merge pull request #2 from o/b\n\nB", parents: ["ma", "b1"] })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.own(1).map(({ sha }) => sha)).toEqual([repo.sha("a1")]);
    expect(pulled.own(2).map(({ sha }) => sha)).toEqual([repo.sha("b1")]);
  });

  it("keeps a merge that names no pull request as a direct push, and a merge with a number as one", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin" })
      .commit("r1", { message: "Release work", parents: ["root"] }, "refs/heads/release")
      .commit("back", { message: "Merge branch 'release'", parents: ["root", "r1"] })
      .commit("r2", { message: "More", parents: ["r1"] }, "refs/heads/release")
      .commit("numbered", { message: "Backmerge release (#44)", parents: ["back", "r2"], committer: GITHUB })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(44)).toMatchObject({ mergeKind: "merge", title: "Backmerge release" });
    expect(pulled.summary.counts).toMatchObject({ pullRequests: 1, directPushes: 2 });
  });
});

describe("rebase merges", () => {
  const branch = (repo: GitFixture) =>
    repo
      .commit("root", { message: "Begin" })
      .commit(
        "o1",
        { message: "One", parents: ["root"], author: BOB, authoredAt: START + 1000, committedAt: START + 1000 },
        "refs/pull/5/head",
      )
      .commit(
        "o2",
        { message: "Two", author: BOB, authoredAt: START + 2000, committedAt: START + 2000 },
        "refs/pull/5/head",
      );

  it("recognises a branch's commits on the line by author, author's clock and subject", async () => {
    const repo = branch(fixture())
      .commit("push", { message: "Pushed", committedAt: START + 2500 })
      .commit("l1", { message: "One", author: BOB, authoredAt: START + 1000, committedAt: START + 3000 })
      .commit("l2", { message: "Two", author: BOB, authoredAt: START + 2000, committedAt: START + 3000 })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(5)).toMatchObject({
      mergeKind: "rebase",
      landedShas: [repo.sha("l1"), repo.sha("l2")],
      mergeSha: repo.sha("l2"),
      headSha: repo.sha("o2"),
      title: "One",
    });
    expect(pulled.own(5).map(({ sha }) => sha)).toEqual([repo.sha("o1"), repo.sha("o2")]);
    expect(pulled.summary.counts).toMatchObject({ rebaseMerges: 1, directPushes: 2 });
  });

  it("wants all of the branch in a row, and copies that are younger than their originals", async () => {
    const torn = branch(fixture())
      .commit("l1", { message: "One", author: BOB, authoredAt: START + 1000, committedAt: START + 3000 })
      .commit("push", { message: "Pushed in between", committedAt: START + 3000 })
      .commit("l2", { message: "Two", author: BOB, authoredAt: START + 2000, committedAt: START + 3000 })
      .write();
    expect((await pullGit({ path: torn.gitDir })).summary.counts.rebaseMerges).toBe(0);
    const backport = fixture()
      .commit("root", { message: "Begin" })
      .commit("fix", { message: "Fix", authoredAt: START + 100, committedAt: START + 100 })
      .commit(
        "port",
        { message: "Fix", parents: ["root"], authoredAt: START + 100, committedAt: START + 900 },
        "refs/pull/8/head",
      )
      .write();
    expect((await pullGit({ path: backport.gitDir })).summary.counts.rebaseMerges).toBe(0);
  });

  it("takes a branch's head on the line for a fast-forward, unless branches are promoted from the line", async () => {
    const forwarded = fixture()
      .commit("root", { message: "Begin" })
      .commit("work", { message: "Work" })
      .ref("refs/pull/3/head", "work")
      .commit("after", { message: "After" })
      .write();
    expect((await pullGit({ path: forwarded.gitDir })).merged(3)).toMatchObject({ mergeKind: "rebase", title: "Work" });
    const promoted = fixture()
      .commit("root", { message: "Begin" })
      .commit("squash", { message: "Land (#1)", committer: GITHUB })
      .commit("push", { message: "Pushed" })
      .ref("refs/pull/1/head", "root")
      .ref("refs/pull/2/head", "squash")
      .ref("refs/pull/3/head", "push")
      .write();
    expect((await pullGit({ path: promoted.gitDir })).summary.counts).toMatchObject({
      pullRequests: 1,
      rebaseMerges: 0,
    });
  });

  it("joins neighbours that name the same number", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin" })
      .commit("l1", { message: "Step one (#6)" })
      .commit("l2", { message: "Step two (#6)" })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.merged(6)).toMatchObject({
      mergeKind: "rebase",
      landedShas: [repo.sha("l1"), repo.sha("l2")],
      title: "Step one",
    });
  });
});

describe("own commits", () => {
  it("leaves out what others landed: base commits merged in, and rebased squash commits", async () => {
    const repo = fixture()
      .commit("root", { message: "Begin", files: { "a.txt": "1\n" } })
      .commit("sq1", { message: "Land first (#1)", committer: GITHUB, files: { "b.txt": "b\n" } })
      .commit("x1", { message: "First", parents: ["root"] }, "refs/pull/1/head")
      .commit("o1", { message: "Mine", parents: ["root"], files: { "c.txt": "c\nc\n" } }, "refs/pull/2/head")
      .commit("copied", { message: "Land first (#1)", files: { "b.txt": "b\n" } }, "refs/pull/2/head")
      .commit("sync", { message: "Merge branch 'main' into mine", parents: ["copied", "sq1"] }, "refs/pull/2/head")
      .commit("o2", { message: "Mine too" }, "refs/pull/2/head")
      .commit("sq2", { message: "Land second (#2)", committer: GITHUB, files: { "c.txt": "c\nc\n" } })
      .write();
    const own = (await pullGit({ path: repo.gitDir })).own(2);
    expect(own.map(({ sha, position, isMerge }) => ({ sha, position, isMerge }))).toEqual([
      { sha: repo.sha("o1"), position: 0, isMerge: false },
      { sha: repo.sha("sync"), position: 1, isMerge: true },
      { sha: repo.sha("o2"), position: 2, isMerge: false },
    ]);
    expect(own[0]).toMatchObject({ additions: 2, deletions: 0 });
  });

  it("reads no more than 250 of them", async () => {
    const repo = fixture().commit("root", { message: "Begin" });
    for (let i = 0; i < 300; i += 1) {
      repo.commit(`o${i}`, { message: `Step ${i}`, ...(i === 0 ? { parents: ["root"] } : {}) }, "refs/pull/1/head");
    }
    repo.commit("squash", { message: "Everything (#1)", committer: GITHUB }).write();
    const pulled = await pullGit({ path: repo.gitDir });
    expect(pulled.own(1)).toHaveLength(250);
    expect(pulled.own(1).at(-1)?.sha).toBe(repo.sha("o299"));
    expect(pulled.warnings()).toEqual(["branch_commits_cut"]);
  });
});
