import { describe, expect, it } from "vitest";
import { fieldAt, toImportRequest } from "./import-fields";

const form = (values: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};

describe("toImportRequest", () => {
  it("leaves empty fields to their defaults", () => {
    expect(toImportRequest(form({ path: " /srv/git/api.git ", org: "", repo: " ", branch: "main" }))).toEqual({
      path: "/srv/git/api.git",
      branch: "main",
    });
    expect(toImportRequest(form({}))).toEqual({ path: "" });
  });
});

describe("fieldAt", () => {
  it("finds the field of a problem", () => {
    expect(fieldAt("/since")).toBe("since");
    expect(fieldAt("/filters/team/0")).toBeNull();
    expect(fieldAt(null)).toBeNull();
  });
});
