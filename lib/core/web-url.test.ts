import { describe, expect, it } from "vitest";
import { toWebUrl } from "./web-url";

describe("toWebUrl", () => {
  it("passes addresses of the web", () => {
    expect(toWebUrl("https://github.com/acme/api/pull/7")).toBe("https://github.com/acme/api/pull/7");
    expect(toWebUrl("http://git.example.org/x")).toBe("http://git.example.org/x");
  });

  it.each([
    null,
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "JaVaScRiPt:alert(1)",
    "/pull/7",
    "git@github.com:a/b",
  ])("refuses %s", (text) => expect(toWebUrl(text)).toBeNull());
});
