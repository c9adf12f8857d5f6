import { describe, expect, it } from "vitest";
import { fieldAt, toConnectRequest } from "./connect-fields";

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

describe("fieldAt", () => {
  it("finds the field of a problem", () => {
    expect(fieldAt("/token")).toBe("token");
    expect(fieldAt("/selection/include/0")).toBe("include");
    expect(fieldAt("/selection/exclude/0")).toBe("exclude");
    expect(fieldAt("/other")).toBeNull();
    expect(fieldAt(null)).toBeNull();
  });
});
