import { describe, expect, it } from "vitest";
import { mirrorCommands, shellQuote } from "./import-command";

describe("mirrorCommands", () => {
  it("names the repository as it is named here", () => {
    expect(mirrorCommands({ org: "acme", repo: "acme/api", url: "https://github.com/acme/api" })).toEqual([
      "git clone --mirror https://github.com/acme/api api.git",
      "npm run fleetgauge -- import git api.git --org acme --repo api",
    ]);
  });

  it("leaves a word to fill in where the address is not known", () => {
    expect(mirrorCommands({ org: "local", repo: "local/tool", url: null })[0]).toBe(
      "git clone --mirror ADDRESS tool.git",
    );
  });
});

describe("shellQuote", () => {
  it("keeps a name from becoming a command", () => {
    expect(shellQuote("it's; rm -rf $HOME")).toBe("'it'\\''s; rm -rf $HOME'");
    expect(shellQuote("")).toBe("''");
    expect(shellQuote("plain-name_1.0")).toBe("plain-name_1.0");
  });
});
