import { describe, expect, it } from "vitest";
import { isConnectionBroken } from "./errors";

describe("isConnectionBroken", () => {
  it.each([
    [Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" }), true],
    [Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }), true],
    [new Error("Connection terminated unexpectedly"), true],
    [new Error("Client has encountered a connection error and is not queryable"), true],
    [new Error("Connection terminated due to connection timeout"), false],
    [Object.assign(new Error("duplicate key"), { code: "23505" }), false],
    ["anything", false],
  ])("%s: %s", (error, broken) => {
    expect(isConnectionBroken(error)).toBe(broken);
  });
});
