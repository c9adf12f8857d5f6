import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { POST as makeKey } from "@/app/api/v1/api-keys/route";
import { POST } from "@/app/api/v1/events/route";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { createKey, revokeKey } from "@/lib/auth/keys";
import { assertSigned, signingSecretPlace } from "@/lib/auth/signing-secrets";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { seal } from "@/lib/core/secrets/seal";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { rotateSealedSecrets } from "@/lib/settings/secrets/rotate";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let key: { id: string; signingSecret: string };
beforeAll(async () => {
  await ensureOrganization({ slug: "acme" });
  await projectPending();
  const as = { ...(await sessionOf(await insertUser("owner"))), origin: ORIGIN };
  const made = await call(makeKey, "/api/v1/api-keys", {
    as,
    body: { name: "Argo", scopes: ["events:write"], expiresInDays: null },
  });
  key = await made.json();
});

const BODY = JSON.stringify({
  kind: "incident",
  at: "2026-10-30T16:25:00Z",
  state: "opened",
  incident: "INC-1",
  organization: "acme",
  title: "Größe unbekannt",
  severity: "sev2",
  service: "billing",
});

interface Sent {
  body?: string;
  id?: string;
  at?: Date;
  secret?: string;
  keyId?: string;
  headers?: Record<string, string>;
}

/** Sends as the library of Standard Webhooks signs. */
async function send({ at = new Date(), body = BODY, headers = {}, id = "msg_1", keyId = key.id, secret }: Sent = {}) {
  const signature = new Webhook(secret ?? key.signingSecret).sign(id, at, body);
  const answer = await call(POST, `/api/v1/events?key=${keyId}`, {
    as: null,
    method: "POST",
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": signature,
      ...headers,
    },
  });
  return { status: answer.status, body: await answer.json() };
}
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe("a webhook that is signed with the secret of a key", () => {
  it("is taken without the key, and once however often it is sent again", async () => {
    expect(await send()).toMatchObject({ status: 207, body: { accepted: 1 } });
    expect(await send({ at: minutes(1) })).toMatchObject({ status: 207, body: { accepted: 0, duplicates: 1 } });
    const [row] = await query<{ title: string }>(
      sql`select payload->>'title' as title from event where kind = 'incident.opened'`,
    );
    expect(row?.title).toBe("Größe unbekannt");
  });

  it("may carry several signatures, as while a secret is changed", async () => {
    const at = new Date();
    const good = new Webhook(key.signingSecret).sign("msg_2", at, BODY);
    const headers = { "webhook-signature": `v1,AAAA v1a,whatever ${good}` };
    expect(await send({ id: "msg_2", at, headers })).toMatchObject({ status: 207, body: { accepted: 1 } });
  });

  it.each([
    [
      "another secret",
      () => ({ secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }),
      /not signed with the signing secret/,
    ],
    ["a time long ago", () => ({ at: minutes(-6) }), /five minutes ago/],
    ["a time to come", () => ({ at: minutes(6) }), /five minutes ago/],
    ["a time that is none", () => ({ headers: { "webhook-timestamp": "now" } }), /no number of seconds/],
    ["no signature of a kind that we know", () => ({ headers: { "webhook-signature": "v2,AAAA" } }), /not signed/],
    ["another id than was signed", () => ({ headers: { "webhook-id": "msg_other" } }), /not signed/],
    ["a key that is not there", () => ({ keyId: "nobody" }), /names no valid key/],
  ] as const)("is refused with %s", async (_, sent, detail) => {
    expect(await send(sent())).toMatchObject({ status: 401, body: { detail: expect.stringMatching(detail) } });
  });

  it("is refused when its body is another, too large, or its key may not send events or was revoked", async () => {
    const at = new Date();
    const signature = new Webhook(key.signingSecret).sign("msg_3", at, BODY);
    const headers = { "webhook-signature": signature };
    expect((await send({ id: "msg_3", at, body: `${BODY} `, headers })).status).toBe(401);
    expect((await send({ body: "x".repeat(33 * 1024 * 1024) })).status).toBe(413);
    const reader = await createKey(COMMAND_ACTOR, { name: "reads", scopes: ["reports:read"], expiresInDays: 1 });
    expect(reader.signingSecret).toBeNull();
    expect((await send({ keyId: reader.id })).status).toBe(401);
    const gone = await createKey(COMMAND_ACTOR, { name: "gone", scopes: ["events:write"], expiresInDays: 1 });
    await revokeKey(COMMAND_ACTOR, gone.id);
    expect((await send({ keyId: gone.id, secret: gone.signingSecret ?? "" })).status).toBe(401);
  });

  it("proves nothing beside a key that is wrong", async () => {
    expect((await send({ headers: { authorization: "Bearer fg_nothing" } })).status).toBe(401);
  });

  it("is checked as the specification’s example is", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const sealed = seal(secret, signingSecretPlace("k"), sealingKeys().current);
    const signature = {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: "1614265330",
      signatures: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const check = (body: string) =>
      assertSigned(signature, Buffer.from(body), { keyId: "k", sealed }, new Date(1_614_265_330_000));
    expect(() => check('{"test": 2432232314}')).not.toThrow();
    expect(() => check('{"test": 2432232315}')).toThrow(/not signed/);
  });

  it("has its secret sealed, and sealed anew with the others", async () => {
    const [row] = await query<{ text: string }>(
      sql`select encode(signing_secret, 'escape') as text from api_key where id = ${key.id}`,
    );
    expect(row?.text).not.toContain(key.signingSecret.slice(6));
    const { current, lost } = await rotateSealedSecrets();
    expect([current > 0, lost]).toEqual([true, []]);
    expect((await send({ id: "msg_9" })).status).toBe(207);
  });
});
