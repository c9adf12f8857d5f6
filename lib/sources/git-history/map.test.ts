import { expect, it } from "vitest";
import { mapActor } from "./map";

it("reads accounts from GitHub's no-reply addresses only", () => {
  expect(mapActor({ name: "Bob", email: "4711+bob@users.noreply.github.com" })).toEqual({
    type: "unknown",
    id: "4711",
    login: "bob",
    name: "Bob",
    email: "4711+bob@users.noreply.github.com",
  });
  expect(mapActor({ name: "x", email: "49699333+dependabot[bot]@users.noreply.github.com" })).toMatchObject({
    type: "bot",
    id: "49699333",
    login: "dependabot[bot]",
  });
  expect(mapActor({ name: "Bob", email: "bob@users.noreply.github.com" })).toMatchObject({ id: null, login: "bob" });
  expect(mapActor({ name: "renovate[bot]", email: "bot@acme.test" })).toMatchObject({
    type: "unknown",
    id: null,
    login: null,
  });
  expect(mapActor({ name: "", email: "" })).toEqual({
    type: "unknown",
    id: null,
    login: null,
    name: null,
    email: null,
  });
});
