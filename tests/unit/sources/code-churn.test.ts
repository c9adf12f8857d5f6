import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type CommitSpec, GITHUB, GitFixture, START } from "@/tests/factories/git-fixture";
import { pullGit } from "@/tests/factories/pull-git";

const DAY = 86_400;
const NOW = new Date((START + 200 * DAY) * 1000);
const fixtures: GitFixture[] = [];
const newFixture = () => {
  const fixture = new GitFixture();
  fixtures.push(fixture);
  return fixture;
};
afterEach(() => {
  for (const fixture of fixtures.splice(0)) fixture.remove();
});

const text = (...lines: (string | number)[]) => `${lines.join("\n")}\n`;
const landed = (number: number, day: number, files: CommitSpec["files"] = {}): CommitSpec => ({
  message: `Change (#${number})`,
  committer: GITHUB,
  committedAt: START + day * DAY,
  files,
});

/** A push long after everything else, so that all of it is over. */
const LATER: CommitSpec = { message: "later", files: { "later.md": text("later") }, committedAt: START + 190 * DAY };

async function churnOf(fixture: GitFixture, options: { knownHead?: string; since?: string } = {}, now = NOW) {
  const pulled = await pullGit({ path: fixture.gitDir, ...options }, now);
  return new Map(pulled.payloads("code_churn.measured").map(({ files, number }) => [number, files]));
}

describe("what becomes of merged lines", () => {
  it("is told of lines that others delete or change, by when they do", async () => {
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "a.ts": text("old 1", "old 2", "old 3") } })
      .commit("one", landed(1, 1, { "a.ts": text("old 1", "new 1", "new 2", "new 3", "new 4", "old 2", "old 3") }))
      // One line after a week, one after 20 days, one after 22; old lines are nobody's.
      .commit("two", landed(2, 8, { "a.ts": text("new 1", "changed", "new 3", "new 4", "old 2", "old 3") }))
      .commit("three", landed(3, 21, { "a.ts": text("new 1", "changed", "new 4", "old 2", "old 3") }))
      .commit("four", landed(4, 23.5, { "a.ts": text("new 1", "changed", "old 2", "old 3") }))
      .commit("later", LATER)
      .write();
    expect(await churnOf(fixture)).toEqual(
      new Map([
        [1, [{ path: "a.ts", lines: 4, gone14d: 1, gone21d: 2 }]],
        [2, [{ path: "a.ts", lines: 1, gone14d: 0, gone21d: 0 }]],
        [3, []],
        [4, []],
      ]),
    );
  });

  it("follows a file that is moved, and not what is taken back before it has landed", async () => {
    const rebased = { author: { name: "Ada", email: "ada@example.com" } };
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "README.md": text("one") } })
      .commit("first", { ...landed(1, 1, { "a file.ts": text("kept", "taken back", "gone") }), ...rebased })
      .commit("second", { ...landed(1, 1, { "a file.ts": text("kept", "gone") }), ...rebased })
      .commit("move", landed(2, 2, { "b.ts": { from: "a file.ts" } }))
      .commit("push", { message: "by hand", files: { "b.ts": text("kept") }, committedAt: START + 3 * DAY })
      .commit("later", LATER)
      .write();
    expect(await churnOf(fixture)).toEqual(
      new Map([
        [1, [{ path: "a file.ts", lines: 2, gone14d: 1, gone21d: 1 }]],
        [2, []],
      ]),
    );
  });

  it("is a whole file that goes, becomes binary or becomes a link, and lines that look like a patch", async () => {
    const trap = text("diff --git a/x b/x", "--- a/x", "+++ b/x", "@@ -1,2 +1,2 @@", "-- gone", "++ new");
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "README.md": text("one") } })
      .commit("one", landed(1, 1, { "trap.ts": trap, "gone.ts": text(1, 2, 3), "image.ts": text(4, 5) }))
      .commit(
        "two",
        landed(2, 2, { "gone.ts": null, "image.ts": Buffer.from([0, 1, 2, 0]), "trap.ts": `${trap}more\n` }),
      )
      .commit("later", LATER)
      .write();
    expect((await churnOf(fixture)).get(1)).toEqual([
      { path: "gone.ts", lines: 3, gone14d: 3, gone21d: 3 },
      { path: "image.ts", lines: 2, gone14d: 0, gone21d: 0 },
      { path: "trap.ts", lines: 6, gone14d: 0, gone21d: 0 },
    ]);
  });

  it("is told when 21 days are over, by the pull that first knows of it, and the same by every other", async () => {
    const fixture = newFixture()
      .commit("start", { message: "start", files: { "a.ts": text("old") } })
      .commit("one", landed(1, 1, { "a.ts": text("old", "one 1", "one 2") }))
      .commit("two", landed(2, 15, { "a.ts": text("old", "one 1", "two") }))
      .write();
    const early = await churnOf(fixture, {}, new Date((START + 16 * DAY) * 1000));
    expect(early).toEqual(new Map());
    const knownHead = fixture.sha("two");
    fixture.commit("three", landed(3, 30, { "a.ts": text("old", "two", "three") })).write();
    const later = new Date((START + 40 * DAY) * 1000);
    const next = await churnOf(fixture, { knownHead }, later);
    expect(next).toEqual(new Map([[1, [{ path: "a.ts", lines: 2, gone14d: 1, gone21d: 1 }]]]));
    expect(await churnOf(fixture, {}, later)).toEqual(next);
    // Nothing of what landed before the first day that is read is known.
    fixture.commit("later", LATER).write();
    const since = await churnOf(fixture, { since: new Date((START + 10 * DAY) * 1000).toISOString() });
    expect([...since.keys()]).toEqual([2, 3]);
  });

  it("agrees with following every line by itself, over any history", async () => {
    const step = fc.record({
      file: fc.constantFrom("a.ts", "b.ts"),
      days: fc.integer({ min: 0, max: 12 }),
      direct: fc.boolean(),
      edits: fc.array(fc.record({ at: fc.nat(30), remove: fc.nat(4), add: fc.nat(4) }), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const files = new Map<string, string[]>([
          ["a.ts", ["a 1", "a 2", "a 3"]],
          ["b.ts", ["b 1"]],
        ]);
        const contents = (file: string) => (files.get(file) ?? []).map((line) => `${line}\n`).join("");
        const fixture = newFixture().commit("start", {
          message: "start",
          files: { "a.ts": contents("a.ts"), "b.ts": contents("b.ts") },
        });
        /** Every line is a text of its own: who added it, and when it went. */
        const born = new Map<string, { number: number; path: string; day: number; goneAfter: number | null }>();
        let day = 1;
        steps.forEach(({ days, direct, edits, file }, index) => {
          day += days;
          const number = index + 1;
          let lines = [...(files.get(file) ?? [])];
          for (const [edit, { add, at, remove }] of edits.entries()) {
            const start = Math.min(at, lines.length);
            const fresh = Array.from({ length: add }, (_, line) => `${number}.${edit}.${line}`);
            lines = [...lines.slice(0, start), ...fresh, ...lines.slice(start + remove)];
          }
          for (const line of files.get(file) ?? []) {
            const known = born.get(line);
            if (known !== undefined && !lines.includes(line)) known.goneAfter = day - known.day;
          }
          if (!direct) {
            for (const line of lines) {
              if (line.startsWith(`${number}.`)) born.set(line, { number, path: file, day, goneAfter: null });
            }
          }
          files.set(file, lines);
          const spec = landed(number, day, { [file]: contents(file) });
          fixture.commit(
            `${number}`,
            direct ? { ...spec, message: "by hand", committer: { name: "A", email: "a@b.c" } } : spec,
          );
        });
        fixture.commit("later", LATER).write();
        const told = await churnOf(fixture);
        for (const [index, { direct }] of steps.entries()) {
          const own = [...born.values()].filter(({ number }) => number === index + 1);
          const within = (most: number) =>
            own.filter(({ goneAfter }) => goneAfter !== null && goneAfter <= most).length;
          const files =
            own.length === 0
              ? []
              : [{ path: own[0]?.path, lines: own.length, gone14d: within(14), gone21d: within(21) }];
          expect(told.get(index + 1)).toEqual(direct ? undefined : files);
        }
        fixture.remove();
      }),
      { numRuns: 15, seed: 21 },
    );
  }, 60_000);
});
