import { describe, expect, it } from "vitest";
import { choicesAsText, fieldAt, toChoices, toConnectRequest } from "./connect-fields";

const form = (values: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};

describe("toConnectRequest", () => {
  it("leaves empty fields to their defaults", () => {
    expect(toConnectRequest(form({ account: " acme ", token: " t ", include: " ", apiUrl: "" }))).toEqual({
      account: "acme",
      token: "t",
      selection: { mode: "all" },
      depthDays: null,
    });
  });

  it("reads lists and numbers", () => {
    expect(
      toConnectRequest(form({ account: "acme", token: "t", include: "api-*, web,", exclude: "", depthDays: "90" })),
    ).toEqual({
      account: "acme",
      token: "t",
      selection: { mode: "pattern", include: ["api-*", "web"], exclude: [] },
      depthDays: 90,
    });
    expect(toConnectRequest(form({ account: "a", token: "t", exclude: "*-old" })).selection).toEqual({
      mode: "pattern",
      include: ["*"],
      exclude: ["*-old"],
    });
  });
});

it("never takes what is no number of days for all of history", () => {
  for (const days of ["soon", "0", "1 year"]) expect(toChoices(form({ depthDays: days })).depthDays).toBe(0);
  expect(JSON.stringify(toChoices(form({ depthDays: "1.5" })))).toContain('"depthDays":1.5');
});

describe("fieldAt", () => {
  it("finds the field of a problem", () => {
    expect(fieldAt("/token")).toBe("token");
    expect(fieldAt("/selection/include/0")).toBe("include");
    expect(fieldAt("/selection/exclude/0")).toBe("exclude");
    expect(fieldAt("/other")).toBeNull();
    expect(fieldAt(null)).toBeNull();
  });
});

describe("choicesAsText", () => {
  it.each([
    { selection: { mode: "all" as const }, depthDays: null },
    { selection: { mode: "pattern" as const, include: ["api-*", "web"], exclude: ["*-old"] }, depthDays: 90 },
  ])("shows in the fields what they give back", (choices) => {
    expect(toChoices(form(choicesAsText(choices)))).toEqual(choices);
  });

  it("shows names as patterns, which mean the same", () => {
    const choices = { selection: { mode: "some" as const, repositories: ["api", "web"] }, depthDays: null };
    expect(toChoices(form(choicesAsText(choices))).selection).toEqual({
      mode: "pattern",
      include: ["api", "web"],
      exclude: [],
    });
  });
});
