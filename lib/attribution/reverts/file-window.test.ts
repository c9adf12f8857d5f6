import { describe, expect, it } from "vitest";
import type { ChangedFile } from "@/lib/events/schema";
import { FileWindow, movesOfFiles } from "./file-window";

const DAY_MS = 86_400_000;
const blob = (name: string): string => name.repeat(40).slice(0, 40);
const file = (path: string, before: string | null, after: string | null, from?: string): ChangedFile => ({
  path,
  add: 1,
  del: 1,
  before: before === null ? null : blob(before),
  after: after === null ? null : blob(after),
  ...(from === undefined ? {} : { from }),
});
const limits = { changes: 100, days: 120, files: 1_000 };

function windowOf(changes: ChangedFile[][], bounds = limits): FileWindow {
  const window = new FileWindow(bounds);
  for (const [i, files] of changes.entries()) window.add(i, i * DAY_MS, files, movesOfFiles(files));
  return window;
}

describe("FileWindow", () => {
  it("tells what is exactly back, what nothing had touched since, and what is undone along with it", () => {
    const window = windowOf([[file("a", "1", "2")], [file("a", "2", "3")]]);
    const back = window.putBackBy(movesOfFiles([file("a", "3", "1")]));
    expect([...back]).toEqual([
      [0, { exact: 1, direct: 0, covered: 1 }],
      [1, { exact: 0, direct: 0, covered: 1 }],
    ]);
    expect([...window.putBackBy(movesOfFiles([file("a", "3", "2")]))]).toEqual([
      [1, { exact: 1, direct: 1, covered: 1 }],
    ]);
    expect(window.putBackBy(movesOfFiles([file("a", "3", "4")])).size).toBe(0);
  });

  it("sees a new file removed, a removed one made again, and a rename turned around", () => {
    const window = windowOf([[file("new", null, "1"), file("old", "2", null), file("to", "3", "3", "from")]]);
    const undo = [file("new", "1", null), file("old", null, "2"), file("from", "3", "3", "to")];
    expect(window.movesOf(0)).toBe(4);
    expect(window.putBackBy(movesOfFiles(undo)).get(0)).toEqual({ exact: 4, direct: 4, covered: 4 });
  });

  it("takes a mode change and files without blob ids for no move", () => {
    expect(movesOfFiles([file("run.sh", "1", "1"), file("a", null, null), file("b", null, null, "c")])).toEqual([]);
  });

  it("joins what one change does to one path", () => {
    expect(movesOfFiles([file("b", "1", "1", "a"), file("a", null, "2")])).toHaveLength(2);
  });

  it.each([
    { ...limits, changes: 2 },
    { ...limits, days: 1 },
    { ...limits, files: 2 },
  ])("forgets beyond %j", (bounds) => {
    const window = windowOf([[file("a", "1", "2")], [file("b", "1", "2")], [file("c", "1", "2")]], bounds);
    expect([...window.recent()]).toEqual([2, 1]);
    expect(window.filesOf(0)).toBeNull();
    expect(window.putBackBy(movesOfFiles([file("a", "2", "1")])).size).toBe(0);
    expect(window.putBackBy(movesOfFiles([file("b", "2", "1")])).size).toBe(1);
  });

  it("keeps what one clock in the future would make old", () => {
    const window = new FileWindow({ ...limits, days: 30 });
    const add = (change: number, at: string, path: string) => {
      const files = [file(path, "1", "2")];
      window.add(change, Date.parse(at), files, movesOfFiles(files));
    };
    add(0, "2026-01-01T00:00:00Z", "a");
    add(1, "2099-01-01T00:00:00Z", "b");
    add(2, "2026-01-02T00:00:00Z", "c");
    expect(window.filesOf(0)).not.toBeNull();
  });
});
