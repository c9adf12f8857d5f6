import { afterEach, describe, expect, it } from "vitest";
import { type CommitSpec, GITHUB, GitFixture, START } from "@/tests/factories/git-fixture";
import { pullGit } from "@/tests/factories/pull-git";

const DAY = 86_400;
const NOW = new Date((START + 100 * DAY) * 1000);
const fixtures: GitFixture[] = [];
const newFixture = () => {
  const fixture = new GitFixture();
  fixtures.push(fixture);
  return fixture;
};
afterEach(() => {
  for (const fixture of fixtures.splice(0)) fixture.remove();
});

const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const landed = (number: number, day: number, files: CommitSpec["files"] = {}, title = "Change"): CommitSpec => ({
  message: `${title} (#${number})`,
  committer: GITHUB,
  committedAt: START + day * DAY,
  files,
});
const at = (day: number) => new Date((START + day * DAY) * 1000).toISOString();

async function tracesOf(fixture: GitFixture, options: { knownHead?: string; since?: string } = {}) {
  const pulled = await pullGit({ path: fixture.gitDir, ...options }, NOW);
  return new Map(pulled.payloads("fix.traced").map(({ files, number }) => [number, files]));
}

describe("whose lines a fix changes", () => {
  const history = () =>
    newFixture()
      .commit("start", { message: "start", files: { "a.ts": text("const old = 1;") } })
      .commit("one", landed(1, 1, { "a.ts": text("const old = 1;", "const one = 1;", "const uno = 1;") }))
      .commit(
        "two",
        landed(2, 2, { "a.ts": text("const old = 1;", "const one = 1;", "const uno = 1;", "const two = 2;") }),
      );

  it("is told by blame of the lines that it takes out or changes", async () => {
    const fixture = history()
      .commit("fix", landed(3, 9, { "a.ts": text("const old = 2;", "const one = 7;", "const two = 2;") }, "fix: count"))
      .write();
    expect(await tracesOf(fixture)).toEqual(
      // The first line was there before anything was merged.
      new Map([[3, [{ path: "a.ts", lines: 3, owners: [{ number: 1, mergedAt: at(1), lines: 2 }] }]]]),
    );
  });

  it("is told of fixes alone, by title or by what closes an issue, and of no revert", async () => {
    const changed = (one: string) => ({ "a.ts": text("const old = 1;", one, "const uno = 1;", "const two = 2;") });
    const fixture = history()
      .commit("a", landed(3, 9, changed("const one = 3;"), "Improve"))
      .commit("b", { ...landed(4, 10, changed("const one = 4;")), message: "Count again (#4)\n\nCloses #77" })
      .commit("c", landed(5, 11, changed("const one = 5;"), 'Revert "fix: count"'))
      .commit("d", landed(6, 12, changed("const one = 6;"), "Fixed the count"))
      .commit("e", landed(7, 13, changed("const one = 7;"), "Prefix the count"))
      .write();
    expect([...(await tracesOf(fixture))].map(([number, files]) => [number, files[0]?.owners[0]?.number])).toEqual([
      [4, 3],
      [6, 5],
    ]);
  });

  it("leaves out blank lines, comments, brackets, and what is only moved or written in another form", async () => {
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "other.md": text("x") } })
      .commit(
        "one",
        landed(1, 1, {
          "a.ts": text(
            "// why",
            "",
            "function one() {",
            "return 1;",
            "}",
            "# note",
            "moved();",
            "spaced(1,2);",
            "bad();",
          ),
        }),
      )
      .commit(
        "fix",
        landed(
          2,
          5,
          { "a.ts": text("function one() {", "return 1;", "spaced(1, 2);", "moved();", "good();") },
          "fix: it",
        ),
      )
      .write();
    expect((await tracesOf(fixture)).get(2)).toEqual([
      { path: "a.ts", lines: 1, owners: [{ number: 1, mergedAt: at(1), lines: 1 }] },
    ]);
  });

  it("follows names with spaces, several files, and files that the fix removes", async () => {
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "x.md": text("x") } })
      .commit("one", landed(1, 1, { "a file.ts": text("alpha()"), "b.ts": text("beta()", "gamma()") }))
      .commit("two", landed(2, 2, { "b.ts": text("beta()", "delta()") }))
      .commit("fix", landed(3, 5, { "a file.ts": null, "b.ts": text("epsilon()", "zeta()") }, "bugfix"))
      .write();
    expect((await tracesOf(fixture)).get(3)).toEqual([
      { path: "a file.ts", lines: 1, owners: [{ number: 1, mergedAt: at(1), lines: 1 }] },
      {
        path: "b.ts",
        lines: 2,
        owners: [
          { number: 1, mergedAt: at(1), lines: 1 },
          { number: 2, mergedAt: at(2), lines: 1 },
        ],
      },
    ]);
  });

  it("of a fix that is rebased is told of all its commits at once, and of what it adds itself nothing", async () => {
    const rebased = { author: { name: "Ada", email: "ada@example.com" } };
    const fixture = history()
      .commit("fix1", {
        ...landed(
          3,
          9,
          { "a.ts": text("const old = 1;", "const one = 8;", "const uno = 1;", "const two = 2;") },
          "fix: a",
        ),
        ...rebased,
      })
      .commit("fix2", {
        ...landed(
          3,
          9,
          { "a.ts": text("const old = 1;", "const one = 9;", "const uno = 1;", "const two = 2;") },
          "fix: a",
        ),
        ...rebased,
      })
      .write();
    const traces = [...(await tracesOf(fixture)).values()].flat(2);
    expect(traces.flatMap(({ owners }) => owners.map(({ number }) => number))).not.toContain(3);
  });

  it("passes over a submodule, which git cannot blame", async () => {
    const fixture = history()
      .commit("fix", landed(3, 9, { "a.ts": text("const old = 1;", "const uno = 1;", "const two = 2;") }, "fix: less"))
      .write();
    const git = (...args: string[]) => fixture.git(fixture.gitDir, ...args).trim();
    const pointing = (to: string, message: string) => {
      git("read-tree", "HEAD");
      git("update-index", "--add", "--cacheinfo", `160000,${to.repeat(40)},module`);
      const web = ["-c", "user.name=GitHub", "-c", "user.email=noreply@github.com"];
      git("update-ref", "HEAD", git(...web, "commit-tree", "-m", message, "-p", "HEAD", git("write-tree")));
    };
    pointing("1", "Add a module");
    pointing("2", "fix: take the mended module (#4)");
    const pulled = await pullGit({ path: fixture.gitDir }, NOW);
    expect(pulled.merged(4).title).toBe("fix: take the mended module");
    const traces = new Map(pulled.payloads("fix.traced").map(({ files, number }) => [number, files]));
    expect([...traces.keys()]).toEqual([3]);
  });

  it("is told of the last 60 days alone when a history is first read", async () => {
    const fixture = history()
      .commit("fix", landed(3, 9, { "a.ts": text("const old = 1;", "const uno = 1;", "const two = 2;") }, "fix: less"))
      .commit("late", landed(4, 200, { "a.ts": text("const old = 1;", "const two = 2;") }, "fix: even less"))
      .write();
    const pulled = await pullGit({ path: fixture.gitDir }, new Date((START + 201 * DAY) * 1000));
    expect(pulled.payloads("fix.traced").map(({ number }) => number)).toEqual([4]);
  });

  it("says the same in one pull and in two, and nothing about what changes too much", async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}.ts`, text(`before(${i})`)]));
    const fixture = history()
      .commit("many", landed(3, 3, many))
      .write();
    const fix = landed(4, 9, { "a.ts": text("const old = 1;", "const two = 2;") }, "fix: less");
    fixture.commit("fix", fix);
    const all = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}.ts`, text(`after(${i})`)]));
    fixture.commit("wide", landed(5, 10, all, "fix: everything")).write();
    const whole = await tracesOf(fixture);
    expect([...whole.keys()]).toEqual([4]);
    expect(await tracesOf(fixture, { knownHead: fixture.sha("many") })).toEqual(whole);
  });
});
