import { describe, expect, it } from "vitest";
import { POST as signInCode } from "@/app/api/auth/sign-in/code/route";
import { PUT as changePassword } from "@/app/api/v1/me/password/route";
import { GET as me } from "@/app/api/v1/me/route";
import { POST as beginFactor, PUT as confirmFactor, DELETE as removeFactor } from "@/app/api/v1/me/second-factor/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { totpOf } from "@/tests/factories/totp";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, enter, join, PASSWORD, post, useOwner } from "./account-calls";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

describe("a password", () => {
  it("is changed with the current one, and the other sessions end", async () => {
    await join(owner.proof, "viewer", "change@example.com");
    const email = "change@example.com";
    const [own, other] = [cookiesOf(await enter(email)), cookiesOf(await enter(email))];
    const change = (current: string, password: string) =>
      call(changePassword, "/", { as: own, method: "PUT", body: { current, password } });
    expect(await (await change("wrong", "another heron flies")).json()).toMatchObject({ pointer: "/current" });
    expect(await (await change(PASSWORD, "short")).json()).toMatchObject({ pointer: "/password" });
    const done = await change(PASSWORD, "another heron flies");
    expect(done.status).toBe(200);
    expect((await call(me, "/", { as: other })).status).toBe(401);
    expect((await call(me, "/", { as: cookiesOf(done) })).status).toBe(200);
    expect((await enter(email)).status).toBe(401);
    expect((await enter(email, "another heron flies")).status).toBe(200);
  });
});

describe("a second factor", () => {
  it("is asked for once it is confirmed; a backup code helps once", async () => {
    await join(owner.proof, "viewer", "factor@example.com");
    const begin = () => enter("factor@example.com");
    let session = cookiesOf(await begin());
    expect((await post(beginFactor, "/", { password: "wrong" }, session)).status).toBe(422);
    const { backupCodes, uri } = await (await post(beginFactor, "/", { password: PASSWORD }, session)).json();
    // It does not count before the first code.
    expect(await (await begin()).json()).toEqual({ needsCode: false });
    const confirm = (code: string) => call(confirmFactor, "/", { as: session, method: "PUT", body: { code } });
    expect((await confirm("000000")).status).toBe(422);
    const confirmed = await confirm(totpOf(uri));
    expect(confirmed.status).toBe(200);
    session = cookiesOf(confirmed);

    const first = await begin();
    expect(await first.json()).toEqual({ needsCode: true });
    const half = cookiesOf(first);
    expect((await call(me, "/", { as: half })).status).toBe(401);
    expect((await post(signInCode, "/", { code: "123456" }, half)).status).toBe(401);
    const whole = await post(signInCode, "/", { code: totpOf(uri) }, half);
    expect(whole.status).toBe(200);
    expect((await call(me, "/", { as: cookiesOf(whole) })).status).toBe(200);
    // The same code a second time, by whoever saw it.
    const sessionsBefore = await query(sql`select from user_session`);
    const seen = await post(signInCode, "/", { code: totpOf(uri) }, cookiesOf(await begin()));
    expect(seen.status).toBe(401);
    expect(seen.headers.getSetCookie().join()).not.toContain("session=");
    expect(await query(sql`select from user_session`)).toHaveLength(sessionsBefore.length);

    const backup = (await begin()).headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
    const withBackup = (code: string) => post(signInCode, "/", { code }, { cookie: backup });
    expect((await withBackup(backupCodes[0])).status).toBe(200);
    const again = cookiesOf(await begin());
    expect((await post(signInCode, "/", { code: backupCodes[0] }, again)).status).toBe(401);

    const remove = await call(removeFactor, "/", {
      as: cookiesOf(whole),
      method: "DELETE",
      body: { password: PASSWORD },
    });
    expect(remove.status).toBe(200);
    expect(await (await begin()).json()).toEqual({ needsCode: false });
  });
});
