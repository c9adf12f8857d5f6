import { expect, it } from "vitest";
import { type RoleRule, roleByRules, valuesAt } from "@/lib/auth/identity/role-rules";

it.each([
  [{ groups: ["a", "b"] }, "groups", ["a", "b"]],
  [{ groups: "a" }, "groups", ["a"]],
  [{ groups: ["a", 1, null, { b: 1 }] }, "groups", ["a"]],
  [{ realm_access: { roles: ["x"] } }, "realm_access.roles", ["x"]],
  [{ "https://acme.test/claims.roles": ["x"] }, "https://acme.test/claims.roles", ["x"]],
  [{ a: { "b.c": ["x"] } }, "a.b.c", ["x"]],
  [{ groups: { a: true } }, "groups", []],
  [{}, "constructor.name", []],
  [{}, "groups", []],
  [null, "groups", []],
])("finds in %j at %s: %j", (claims, path, values) => {
  expect(valuesAt(claims, path)).toEqual(values);
});

const RULES: RoleRule[] = [
  { value: "viewers", role: "viewer", teamIds: [1] },
  { value: "pay", role: "lead", teamIds: [2, 1] },
  { value: "web", role: "lead", teamIds: [3, 2] },
  { value: "money", role: "finance", teamIds: [] },
];

it.each([
  [["viewers"], { role: "viewer", teamIds: [1] }],
  [["web", "pay", "viewers"], { role: "lead", teamIds: [1, 2, 3] }],
  [["web", "money"], { role: "finance", teamIds: [] }],
  [["Viewers"], null],
  [[], null],
])("gives to %j: %j", (values, role) => {
  expect(roleByRules(RULES, values)).toEqual(role);
});

it("gives to everybody what a rule without a value says, unless another gives more", () => {
  const rules: RoleRule[] = [...RULES, { value: null, role: "viewer", teamIds: [9] }];
  expect(roleByRules(rules, [])).toEqual({ role: "viewer", teamIds: [9] });
  expect(roleByRules(rules, ["money"])).toEqual({ role: "finance", teamIds: [] });
});
