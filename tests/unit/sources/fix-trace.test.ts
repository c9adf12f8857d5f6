import fc from "fast-check";
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

/** Long after everything, but for what is asked of a day. */
const LATE = new Date((START + 4000 * DAY) * 1000);

async function tracesOf(fixture: GitFixture, options: { knownHead?: string; since?: string } = {}) {
  const pulled = await pullGit({ path: fixture.gitDir, ...options }, LATE);
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

  it("is told of the lines that it takes out or changes", async () => {
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

  it("passes over a submodule, which has no lines", async () => {
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

  it("is nobody's when they stood longer than a year", async () => {
    const fixture = history()
      .commit("late", landed(3, 300, { "a.ts": text("const old = 1;", "const one = 3;", "const two = 2;") }, "fix: a"))
      .commit("later", landed(4, 500, { "a.ts": text("const old = 1;", "const two = 2;") }, "fix: b"))
      .commit("latest", landed(5, 600, { "a.ts": text("const old = 1;") }, "fix: c"))
      .write();
    const pulled = await pullGit({ path: fixture.gitDir }, new Date((START + 601 * DAY) * 1000));
    expect(pulled.payloads("fix.traced").map(({ files, number }) => [number, files[0]?.owners])).toEqual([
      [3, [{ number: 1, mergedAt: at(1), lines: 2 }]],
      [4, [{ number: 3, mergedAt: at(300), lines: 1 }]],
      [5, []],
    ]);
  });

  it("stays with who wrote them when others only indent them, also beside other changes and in other files", async () => {
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "x.md": text("x") } })
      .commit("one", landed(1, 1, { "a.ts": text("alpha()", "beta()"), "b.ts": text("gamma()", "delta()") }))
      // Of `a.ts` git shows no patch at all when it passes over space; the patch of `b.ts` is still that of `b.ts`.
      .commit("two", landed(2, 2, { "a.ts": text("  alpha()", "  beta()"), "b.ts": text("epsilon()", "  delta()") }))
      .commit("fix", landed(3, 5, { "a.ts": text("  beta()"), "b.ts": text("zeta()") }, "fix: both"))
      .write();
    expect((await tracesOf(fixture)).get(3)).toEqual([
      { path: "a.ts", lines: 1, owners: [{ number: 1, mergedAt: at(1), lines: 1 }] },
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

  it("is the same of a few files and of very many", async () => {
    const names = Array.from({ length: 400 }, (_, i) => `f${i}.ts`);
    const contents = (word: string, of: readonly string[]) => Object.fromEntries(of.map((name) => [name, text(word)]));
    const fixture = history().commit("many", landed(3, 3, contents("before()", names)));
    for (let next = 0; next < 400; next += 40)
      fixture.commit(
        `fix${next}`,
        landed(10 + next, 4 + next / 40, contents("after()", names.slice(next, next + 40)), "fix: some"),
      );
    fixture.commit("fix", landed(900, 20, { "a.ts": text("const old = 1;", "const two = 2;") }, "fix: a")).write();
    const whole = await tracesOf(fixture);
    expect([...whole.values()].flat().flatMap(({ owners }) => owners.map(({ number }) => number))).toEqual([
      ...Array.from({ length: 400 }, () => 3),
      1,
    ]);
    // 360 files of the fixes that are new are more than what git is asked for by name; of the last one it is one.
    expect(await tracesOf(fixture, { knownHead: fixture.sha("fix0") })).toEqual(
      new Map([...whole].filter(([number]) => number !== 10)),
    );
    expect(await tracesOf(fixture, { knownHead: fixture.sha("fix360") })).toEqual(new Map([[900, whole.get(900)]]));
  });

  it("agrees with who wrote every line, over any history, read at once or from any commit on", async () => {
    const step = fc.record({
      file: fc.nat(2),
      days: fc.integer({ min: 0, max: 150 }),
      kind: fc.constantFrom("fix", "fix", "change", "push", "move", "indent"),
      edits: fc.array(fc.record({ at: fc.nat(20), remove: fc.nat(4), add: fc.nat(4) }), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), fc.nat(), async (steps, cut) => {
        /** Who brought each line, beside it. */
        let files = new Map<string, { words: string; number: number | null; day: number }[]>([
          ["a.ts", [{ words: "start()", number: null, day: 0 }]],
        ]);
        const textOf = (name: string) => (files.get(name) ?? []).map(({ words }) => `${words}\n`).join("");
        const fixture = newFixture().commit("0", { message: "start", files: { "a.ts": textOf("a.ts") } });
        const expected = new Map<number, unknown>();
        let day = 1;
        steps.forEach(({ days, edits, file, kind }, index) => {
          day += days;
          const number = index + 1;
          const name = [...files.keys()][file % files.size] ?? "";
          const lines = files.get(name) ?? [];
          const title = kind === "fix" ? "fix: it" : "Change";
          const commit = (changes: CommitSpec["files"]) =>
            fixture.commit(
              String(number),
              kind === "push"
                ? { message: "by hand", files: changes, committedAt: START + day * DAY }
                : landed(number, day, changes, title),
            );
          if (kind === "move") {
            const to = `moved-${number}.ts`;
            files = new Map([...files].map(([path, held]) => [path === name ? to : path, held]));
            commit({ [to]: { from: name } });
            return;
          }
          if (kind === "indent") {
            files.set(
              name,
              lines.map((line) => ({ ...line, words: `  ${line.words}` })),
            );
            commit({ [name]: textOf(name) });
            return;
          }
          let next = [...lines];
          const fresh = kind === "push" ? null : number;
          for (const [edit, { add, at, remove }] of edits.entries()) {
            const place = Math.min(at, next.length);
            const added = Array.from({ length: add }, (_, line) => ({
              words: `w${number}_${edit}_${line}()`,
              number: fresh,
              day,
            }));
            next = [...next.slice(0, place), ...added, ...next.slice(place + remove)];
          }
          // An empty file cannot be told from another that is moved.
          if (next.length === 0) next = [{ words: `w${number}()`, number: fresh, day }];
          files.set(name, next);
          commit({ [name]: textOf(name) });
          const gone = lines.filter((line) => !next.includes(line));
          if (kind !== "fix" || gone.length === 0) return;
          const owners = new Map<number, { number: number; mergedAt: string; lines: number }>();
          for (const { day: merged, number: owner } of gone) {
            if (owner === null || day - merged > 365) continue;
            owners.set(owner, {
              number: owner,
              mergedAt: at(merged),
              lines: (owners.get(owner)?.lines ?? 0) + 1,
            });
          }
          const sorted = [...owners.values()].sort((a, b) => a.number - b.number);
          expected.set(number, [{ path: name, lines: gone.length, owners: sorted }]);
        });
        fixture.write();
        expect(await tracesOf(fixture)).toEqual(expected);
        const known = cut % steps.length;
        expect(await tracesOf(fixture, { knownHead: fixture.sha(String(known)) })).toEqual(
          new Map([...expected].filter(([number]) => number > known)),
        );
        fixture.remove();
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 30_000);

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
