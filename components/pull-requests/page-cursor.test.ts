import { describe, expect, it } from "vitest";
import { openCursor, sealCursor } from "./page-cursor";

describe("a cursor in the address", () => {
  const list = { team: ["payments"], sort: "-mergedAt", q: "" };

  it("opens for the list it was made for", () => {
    expect(openCursor(sealCursor("eyJpIjo3fQ", list), { ...list })).toBe("eyJpIjo3fQ");
  });

  it("is nothing to another list", () => {
    const sealed = sealCursor("eyJpIjo3fQ", list);
    expect(openCursor(sealed, { ...list, q: "cache" })).toBeNull();
    expect(openCursor(sealed, { ...list, sort: "mergedAt" })).toBeNull();
  });

  it("does not fall over garbage", () => {
    expect(openCursor("", list)).toBeNull();
    expect(openCursor("no mark", list)).toBeNull();
    expect(openCursor(null, list)).toBeNull();
  });
});
