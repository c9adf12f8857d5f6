import { expect, it } from "vitest";
import { runtimePackages } from "./runtime-packages.mjs";

it("finds what is needed, nested and through peers, and nothing else", () => {
  const packages = {
    "": { dependencies: { a: "1", b: "1" }, devDependencies: { test: "1" } },
    "node_modules/a": { dependencies: { c: "1" }, optionalDependencies: { "a-linux": "1", "a-other": "1" } },
    "node_modules/a/node_modules/c": { dependencies: { "@x/d": "1" } },
    "node_modules/a-linux": {},
    "node_modules/b": {
      peerDependencies: { e: "1", test: "1" },
      peerDependenciesMeta: { test: { optional: true } },
    },
    "node_modules/c": { dependencies: { never: "1" } },
    "node_modules/@x/d": { dependencies: { a: "1" } },
    "node_modules/e": {},
    "node_modules/test": { dependencies: { never: "1" } },
    "node_modules/never": {},
  };
  expect([...runtimePackages(packages)].sort()).toEqual([
    "node_modules/@x/d",
    "node_modules/a",
    "node_modules/a-linux",
    "node_modules/a/node_modules/c",
    "node_modules/b",
    "node_modules/e",
  ]);
});
