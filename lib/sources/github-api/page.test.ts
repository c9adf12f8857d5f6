import { describe, expect, it } from "vitest";
import { wholeList } from "./page";

/** A list of pages of two; `answers` gives which page comes instead of the one that was asked for, by the request. */
function listOf(count: number, answers: Readonly<Record<number, number>> = {}) {
  let request = 0;
  const page = (index: number) => ({
    list: {
      nodes: [index * 2, index * 2 + 1].filter((node) => node < count),
      pageInfo: { hasNextPage: index * 2 + 2 < count, endCursor: `end of ${index}` },
    },
    partial: [],
    budget: null,
  });
  const more = async (after: string | null) => {
    request += 1;
    return page(answers[request] ?? Number(/\d+$/.exec(after ?? "")?.[0]) + 1);
  };
  return wholeList(page(0), more);
}

describe("a list that is longer than a page", () => {
  it("is read to its end", async () => {
    expect((await listOf(5)).items).toEqual([0, 1, 2, 3, 4]);
    expect((await listOf(1)).items).toEqual([0]);
  });

  it("holds nothing twice where a page comes once more", async () => {
    expect((await listOf(7, { 2: 0 })).items).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect((await listOf(7, { 1: 0, 3: 0 })).items).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("is given up where the same page comes again and again", async () => {
    const always = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [index, 0]));
    await expect(listOf(7, always)).rejects.toThrow("the same page");
  });
});
