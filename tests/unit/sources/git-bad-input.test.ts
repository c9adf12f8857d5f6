import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { fleetEventSchema } from "@/lib/events/schema";
import { GITHUB, GitFixture, START } from "@/tests/factories/git-fixture";
import { pullFailure, pullGit } from "@/tests/factories/pull-git";

let repo: GitFixture;
beforeAll(() => {
  repo = new GitFixture()
    .commit("root", { message: "Begin", files: { "a.txt": "1\n" } })
    .commit("main", { message: "More", files: { "a.txt": "2\n" } })
    .ref("refs/heads/develop", "root")
    .ref("refs/heads/release/1.0", "root")
    .write();
});
afterAll(() => repo.remove());

const emptyFolder = (name: string): string => {
  const folder = path.join(repo.folder, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

describe("requests that cannot be answered", () => {
  it("names a path that is missing, a file, no repository, or a folder inside one", async () => {
    const missing = await pullFailure({ path: path.join(repo.folder, "nowhere") });
    expect(missing).toMatchObject({
      code: "bad_request",
      pointer: "/path",
      message: expect.stringContaining("There is no folder"),
    });
    const file = path.join(repo.folder, "file");
    writeFileSync(file, "");
    expect((await pullFailure({ path: file })).message).toContain("is a file");
    expect((await pullFailure({ path: emptyFolder("plain") })).message).toContain("is no git repository");
    const clone = repo.clone("outer");
    mkdirSync(path.join(clone, "inner"));
    expect((await pullFailure({ path: path.join(clone, "inner") })).message).toContain("is no git repository");
    const broken = emptyFolder("broken/.git");
    expect((await pullFailure({ path: path.dirname(broken) })).message).toContain("no usable git repository");
  });

  it("says that a repository is empty", async () => {
    const empty = emptyFolder("empty");
    repo.git(empty, "init", "--quiet");
    expect(await pullFailure({ path: empty })).toMatchObject({
      code: "unprocessable",
      message: expect.stringContaining("empty"),
    });
  });

  it("lists the nearest branches when there is none of that name", async () => {
    const failure = await pullFailure({ path: repo.gitDir, branch: "develp" });
    expect(failure).toMatchObject({ code: "bad_request", pointer: "/branch" });
    expect(failure.message).toMatch(/^There is no branch develp\. It has: develop, /);
    expect((await pullFailure({ path: repo.gitDir, branch: "--upload-pack=x" })).pointer).toBe("/branch");
  });

  it("refuses dates that are none, and names that cannot be", async () => {
    for (const since of ["yesterday", "2026-02-30", "2026-13-01", "2026-01-01T25:00Z", "", "2099-01-01"]) {
      expect(await pullFailure({ path: repo.gitDir, since })).toMatchObject({ code: "bad_request", pointer: "/since" });
    }
    expect((await pullFailure({ path: repo.gitDir, org: "a/b" })).pointer).toBe("/org");
    expect((await pullFailure({ path: repo.gitDir, repo: "" })).pointer).toBe("/repo");
  });
});

it("says so when git is not installed", async () => {
  vi.stubEnv("PATH", path.join(repo.folder, "nothing-here"));
  expect(await pullFailure({ path: repo.gitDir })).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("install git"),
  });
});

describe("damaged repositories", () => {
  const damaged = (name: string): { copy: string; object(sha: string): string } => {
    const copy = path.join(repo.folder, name);
    execFileSync("cp", ["-r", repo.gitDir, copy]);
    const pack = path.join(copy, "objects/pack");
    for (const file of readdirSync(pack).filter((entry) => entry.endsWith(".pack"))) {
      const moved = path.join(repo.folder, `${name}-${file}`);
      execFileSync("mv", [path.join(pack, file), moved]);
      execFileSync("sh", ["-c", `git unpack-objects -q < "${moved}"`], { cwd: copy });
    }
    for (const file of readdirSync(pack)) rmSync(path.join(pack, file), { force: true });
    return { copy, object: (sha) => path.join(copy, "objects", sha.slice(0, 2), sha.slice(2)) };
  };
  const pullAll = async (folder: string): Promise<unknown> =>
    pullGit({ path: folder }).catch((error: unknown) => error);

  for (const [what, revision] of [
    ["commit", "main~1"],
    ["tree", "main^{tree}"],
    ["file version", "main:a.txt"],
  ] as const) {
    it(`names a missing and an unreadable ${what}`, async () => {
      const sha = repo.git(repo.gitDir, "rev-parse", revision).trim();
      const missing = damaged(`missing-${what}`);
      rmSync(missing.object(sha));
      const gone = await pullAll(missing.copy);
      expect(gone).toBeInstanceOf(AppError);
      expect(gone).toMatchObject({ code: "unprocessable", message: expect.stringContaining("git fsck") });
      const corrupt = damaged(`corrupt-${what}`);
      chmodSync(corrupt.object(sha), 0o644);
      writeFileSync(corrupt.object(sha), "no zlib stream");
      expect(await pullAll(corrupt.copy)).toMatchObject({
        code: "unprocessable",
        message: expect.stringContaining(sha),
      });
    });
  }

  it("ignores references to objects that are not there", async () => {
    const { copy } = damaged("dangling");
    mkdirSync(path.join(copy, "refs/pull/4"), { recursive: true });
    writeFileSync(path.join(copy, "refs/pull/4/head"), `${"ab".repeat(20)}\n`);
    expect((await pullGit({ path: copy })).summary.counts.commits).toBe(2);
  });
});

describe("odd commits", () => {
  const odd = new GitFixture();
  afterAll(() => odd.remove());

  it("reads other encodings, and replaces what is no text", async () => {
    odd
      .commit("root", { message: "Begin" })
      .commit("latin", {
        message: Buffer.from("R\xe9sum\xe9 (#1)\n\nna\xefve", "latin1"),
        encoding: "ISO-8859-1",
        committer: GITHUB,
      })
      .commit("broken", { message: Buffer.from([0x42, 0xff, 0xfe, 0x21]) })
      .commit("unknown", { message: "Fine", encoding: "KLINGON-1" })
      .commit("crlf", { message: "Windows (#2)\r\n\r\nline\r\n", committer: GITHUB })
      .write();
    const pulled = await pullGit({ path: odd.gitDir });
    expect(pulled.merged(1)).toMatchObject({ title: "Résumé", body: "naïve" });
    expect(pulled.landed(odd.sha("broken")).message).toBe("B\uFFFD\uFFFD!");
    expect(pulled.landed(odd.sha("unknown")).message).toBe("Fine");
    expect(pulled.merged(2)).toMatchObject({ title: "Windows", body: "line" });
    expect(pulled.warnings()).toEqual(["damaged_text"]);
  });

  it("keeps a clock in the future, warns, and does not let it move the watermark", async () => {
    const future = new GitFixture()
      .commit("root", { message: "Begin", committedAt: START })
      .commit("ahead", { message: "From the future (#1)", committer: GITHUB, committedAt: Date.UTC(2031, 0, 1) / 1000 })
      .write();
    const pulled = await pullGit({ path: future.gitDir });
    expect(pulled.merged(1).mergedAt).toBe("2031-01-01T00:00:00.000Z");
    expect(pulled.observed().completeTo).toBe(new Date(START * 1000).toISOString());
    expect(pulled.warnings()).toEqual(["future_clock"]);
    future.remove();
  });

  it("survives commits without author, without dates, and with dates outside any calendar", async () => {
    const broken = new GitFixture().commit("root", { message: "Begin", committedAt: START }).write();
    const tree = broken.git(broken.gitDir, "rev-parse", "main^{tree}").trim();
    let parent = broken.sha("root");
    const headers = [
      [`author A <a@b.c> ${START + 60} +0000`],
      ["author  <> 99999999999999999999 +0000", `committer C <c@d.e> ${START + 120} +0000`],
      ["author A <a@b.c> -5 +0000", "committer C <c@d.e> 0 +0000"],
      ["author Nobody", "committer Nobody at all"],
      ["author A <we<ird>@b.c> 12x +0000", "committer C <c@d.e"],
    ];
    const made = headers.map((lines, i) => {
      const content = [`tree ${tree}`, `parent ${parent}`, ...lines, "", `Odd ${i}\0end`].join("\n");
      const args = ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"];
      parent = execFileSync("git", args, { cwd: broken.gitDir, input: content }).toString().trim();
      return parent;
    });
    broken.git(broken.gitDir, "update-ref", "refs/heads/main", parent);
    const pulled = await pullGit({ path: broken.gitDir });
    const at = made.map((sha) => pulled.landed(sha).committer.at);
    expect(at).toEqual([60, 120, 120, 120, 120].map((seconds) => new Date((START + seconds) * 1000).toISOString()));
    expect(pulled.landed(made[0] ?? "").message).toBe("Odd 0\uFFFDend");
    expect(pulled.warnings().sort()).toEqual(["damaged_text", "unusable_clock"]);
    for (const event of pulled.events) expect(() => fleetEventSchema.parse(event)).not.toThrow();
    expect(JSON.stringify(pulled.events)).not.toContain("\\u0000");
    broken.remove();
  });
});

describe("odd files", () => {
  it("reads any path, binary files and exact renames", async () => {
    const paths = [
      "with space.txt",
      'quo"te.txt',
      "new\nline.txt",
      "tab\tb.txt",
      "ünï/日本.txt",
      "-dash",
      ":100644 x",
      "end-1\n",
    ];
    const files = Object.fromEntries(paths.map((file) => [file, `${file}\n`]));
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`old/${i}.txt`, `content ${i}\nmore\n`]));
    const repo = new GitFixture()
      .commit("root", { message: "Begin", files: { ...files, ...many, "bin.dat": Buffer.from([0, 1]) } })
      .commit("edit", {
        message: "Edit",
        files: {
          ...Object.fromEntries(paths.map((file) => [file, "changed\ntwice\n"])),
          "bin.dat": Buffer.from([0, 2]),
        },
      })
      .commit("move", { message: "Move", files: { new: { from: "old" } } })
      .commit("empty", { message: "Nothing (#3)", committer: GITHUB })
      .write();
    const pulled = await pullGit({ path: repo.gitDir });
    const edit = pulled.landed(repo.sha("edit")).files ?? [];
    expect(edit.map((file) => file.path).sort()).toEqual([...paths, "bin.dat"].sort());
    for (const file of edit) {
      expect(file).toMatchObject(
        file.path === "bin.dat"
          ? { add: null, del: null }
          : { add: 2, del: file.path.includes("\n") ? file.path.split("\n").length : 1 },
      );
    }
    const move = pulled.landed(repo.sha("move")).files ?? [];
    expect(move).toHaveLength(500);
    expect(
      move.every(
        ({ path: to, from, add, del, before, after }) =>
          from === to.replace("new/", "old/") && add === 0 && del === 0 && before === after,
      ),
    ).toBe(true);
    expect(pulled.landed(repo.sha("empty")).files).toEqual([]);
    repo.remove();
  });

  it("follows CODEOWNERS wherever it stands", async () => {
    const repo = new GitFixture()
      .commit("root", { message: "Begin" })
      .commit("add", { message: "Own", files: { CODEOWNERS: "* @a/x\n" } })
      .commit("move", { message: "Move", files: { ".github/CODEOWNERS": { from: "CODEOWNERS" } } })
      .commit("change", {
        message: "Change",
        files: { ".github/CODEOWNERS": "* @a/y\n", "docs/CODEOWNERS": "* @a/z\n" },
      })
      .commit("remove", { message: "Remove", files: { ".github/CODEOWNERS": null, "src/CODEOWNERS": "no\n" } })
      .write();
    const changes = (await pullGit({ path: repo.gitDir })).payloads("codeowners.changed");
    expect(changes).toEqual([
      { sha: repo.sha("add"), path: "CODEOWNERS", rules: "* @a/x\n" },
      { sha: repo.sha("move"), path: ".github/CODEOWNERS", rules: "* @a/x\n" },
      { sha: repo.sha("move"), path: "CODEOWNERS", rules: null },
      { sha: repo.sha("change"), path: ".github/CODEOWNERS", rules: "* @a/y\n" },
      { sha: repo.sha("change"), path: "docs/CODEOWNERS", rules: "* @a/z\n" },
      { sha: repo.sha("remove"), path: ".github/CODEOWNERS", rules: null },
    ]);
    repo.remove();
  });
});
