import { expect, it } from "vitest";
import { z } from "zod";
import { InvalidInput, parseInput } from "@/lib/api/read-input";

const anything = z.unknown();

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

it.each([
  ["half of a character", { a: ["x", "\ud800"] }, "/a/1"],
  ["the other half", { "a/b": "\udc00x" }, "/a~1b"],
  ["U+0000", { a: { b: "x\0" } }, "/a/b"],
  ["a name that is none", { a: { "\ud800": 1 } }, "/a"],
  ["more levels than anybody needs", nested(40), "/0".repeat(32)],
  ["so many levels that a reader would fall over", nested(200_000), "/0".repeat(32)],
])("refuses %s, and says where", (_, input, pointer) => {
  expect(() => parseInput(anything, input)).toThrow(InvalidInput);
  try {
    parseInput(anything, input);
  } catch (error) {
    expect((error as InvalidInput).errors[0]?.pointer).toBe(pointer);
  }
});

it.each([["text"], ["💥"], [{ a: [null, 1, true, "\n\t"] }], [nested(30)]])("takes %j", (input) => {
  expect(parseInput(anything, input)).toEqual(input);
});
