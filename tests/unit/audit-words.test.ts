import { expect, it } from "vitest";
import { actionWords, changeWords } from "@/components/admin/audit-words";

const ADA = { kind: "user", id: "ada", name: "Ada", address: null, userAgent: null } as const;
const on = (id: string, name: string) => ({ kind: "user", id, name });

it.each([
  ["user.role_changed", on("bob", "Bob"), "changed the role of Bob"],
  ["user.signed_out", on("bob", "Bob"), "signed Bob out everywhere"],
  ["user.signed_out", on("ada", "Ada"), "signed out everywhere"],
  ["user.created", on("ada", "Ada"), "joined"],
  ["sign_in.done", on("ada", "Ada"), "signed in"],
  ["user.created", on("x", "$& {}"), "made the account of $& {}"],
  ["thing.done", { kind: "thing", id: null, name: "it" }, "thing.done it"],
  ["thing.done", { kind: "thing", id: null, name: null }, "thing.done"],
])("says what was done: %s, to %j", (action, target, words) => {
  expect(actionWords({ action, actor: ADA, target })).toBe(words);
});

it.each([
  [null, null, ""],
  ["viewer", "lead", "viewer → lead"],
  [[], ["Payments", "Platform"], "none → Payments, Platform"],
  [null, { scopes: ["reports:read"], expiresInDays: null }, "scopes: reports:read · never expires"],
  [null, { scopes: [], expiresInDays: 30 }, "scopes: none · expires after 30 days"],
])("says what became of what: %j to %j", (before, after, words) => {
  expect(changeWords({ before, after })).toBe(words);
});
