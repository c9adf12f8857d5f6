import { describe, expect, it } from "vitest";
import { DELETE as revokeKey } from "@/app/api/v1/api-keys/[id]/route";
import { POST as createKey, GET as keys } from "@/app/api/v1/api-keys/route";
import { GET as me } from "@/app/api/v1/me/route";
import { GET as metrics } from "@/app/api/v1/metrics/route";
import { GET as users } from "@/app/api/v1/users/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { patchUser, post, useOwner } from "./account-calls";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

describe("a key", () => {
  it("is shown once, does what its scopes say, and ends at once", async () => {
    const made = await post(createKey, "/", { name: "ci", scopes: ["reports:read"], expiresInDays: 30 }, owner.proof);
    const { id, key } = await made.json();
    expect(key).toMatch(/^fg_[\w-]{43}$/);
    const as = { authorization: `Bearer ${key}` };
    expect((await call(metrics, "/api/v1/metrics", { as })).status).toBe(200);
    expect((await call(users, "/", { as })).status).toBe(403);
    expect((await call(me, "/", { as })).status).toBe(403);
    const listed = await (await call(keys, "/", { as: owner.proof })).json();
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(listed.items[0]).toMatchObject({ prefix: key.slice(0, 9), state: "active", lastUsedAt: expect.any(String) });
    const stored = await query(sql`select row_to_json(k) as row from api_key k`);
    expect(JSON.stringify(stored)).not.toContain(key.slice(9));
    expect((await call(revokeKey, "/", { as: owner.proof, method: "DELETE", params: { id } })).status).toBe(200);
    expect((await call(metrics, "/api/v1/metrics", { as })).status).toBe(401);
  });

  it("ends on its day, and with the user who made it", async () => {
    const id = await insertUser("admin");
    const admin = await sessionOf(id);
    const make = async () =>
      (await post(createKey, "/", { name: "a", scopes: ["reports:read"], expiresInDays: 1 }, admin)).json();
    const [one, two] = [await make(), await make()];
    const ask = async ({ key }: { key: string }) =>
      (await call(metrics, "/api/v1/metrics", { as: { authorization: `Bearer ${key}` } })).status;
    await execute(sql`update api_key set expires_at = now() - interval '1 second' where id = ${one.id}`);
    expect([await ask(one), await ask(two)]).toEqual([401, 200]);
    await patchUser(owner.proof, id, { disabled: true });
    expect(await ask(two)).toBe(401);
  });

  it.each(["Bearer", "Bearer fg_", "Basic abc", "Bearer nonsense", `Bearer fg_${"x".repeat(43)}`])(
    "is not %j, and the cookie beside it does not help",
    async (authorization) => {
      const answer = await call(metrics, "/api/v1/metrics", { as: { ...owner.proof, authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );
});
