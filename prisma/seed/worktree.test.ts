import { describe, expect, it } from "vitest";
import { DigestSequence } from "./digest";
import { Worktree } from "./worktree";

const worktree = (): Worktree => new Worktree(new DigestSequence("example"));
const edit = (path: string, add = 3, del = 1) => ({ path, add, del });

describe("Worktree", () => {
  it("chains blobs per file and adds what is not there yet", () => {
    const tree = worktree();
    const [added] = tree.apply([edit("a.ts")]);
    const [changed] = tree.apply([edit("a.ts")]);
    expect(added).toMatchObject({ before: null, del: 0 });
    expect(changed?.before).toBe(added?.after);
  });

  it("restores former blobs and removes added files", () => {
    const tree = worktree();
    const base = tree.apply([edit("a.ts")]);
    const change = tree.apply([edit("a.ts"), edit("b.ts")]);
    expect(tree.restoresExactly([change])).toBe(true);
    expect(tree.invert([change])).toEqual([
      { path: "a.ts", add: 1, del: 3, before: change[0]?.after, after: base[0]?.after },
      { path: "b.ts", add: 0, del: 3, before: change[1]?.after, after: null },
    ]);
  });

  it("merges by hand where a file was touched since", () => {
    const tree = worktree();
    const change = tree.apply([edit("a.ts")]);
    const later = tree.apply([edit("a.ts")]);
    expect(tree.restoresExactly([change])).toBe(false);
    const [restored] = tree.invert([change]);
    expect(restored?.before).toBe(later[0]?.after);
    expect(restored?.after).not.toBe(change[0]?.before);
  });

  it("undoes several changes of one file at once, and the undo itself", () => {
    const tree = worktree();
    const base = tree.apply([edit("a.ts")]);
    const changes = [tree.apply([edit("a.ts")]), tree.apply([edit("a.ts")])];
    const undo = tree.invert(changes);
    expect(undo[0]?.after).toBe(base[0]?.after);
    expect(tree.invert([undo])[0]?.after).toBe(changes[1]?.[0]?.after);
  });

  it("moves a file with its contents and moves it back", () => {
    const tree = worktree();
    const [file] = tree.apply([edit("a.ts")]);
    const renamed = tree.apply([{ path: "b.ts", from: "a.ts", add: 0, del: 0 }]);
    expect(renamed).toEqual([{ path: "b.ts", from: "a.ts", add: 0, del: 0, before: file?.after, after: file?.after }]);
    expect(tree.invert([renamed])).toMatchObject([{ path: "a.ts", from: "b.ts" }]);
    expect(tree.apply([{ path: "c.ts", from: "gone.ts", add: 0, del: 0 }])).toEqual([]);
  });
});
