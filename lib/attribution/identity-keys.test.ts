import { expect, it } from "vitest";
import { identityKeysOf } from "./identity-keys";

const NOTHING = { id: null, login: null, email: null };

it.each([
  [{ ...NOTHING, id: "7", login: "ada", email: "Ada@Acme.com" }, ["id:7", "email:ada@acme.com"]],
  [{ ...NOTHING, email: "7+ada@users.noreply.github.com" }, ["id:7"]],
  [{ ...NOTHING, email: "Ada@users.noreply.github.com" }, ["login:ada"]],
  [{ ...NOTHING, login: "Ada" }, ["login:ada"]],
  [{ ...NOTHING, id: "7", email: "7+ada@users.noreply.github.com" }, ["id:7"]],
  [NOTHING, []],
  [{ ...NOTHING, email: "" }, []],
])("%j is known by %j", (actor, keys) => {
  expect(identityKeysOf(actor)).toEqual(keys);
});
