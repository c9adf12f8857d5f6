import { expect, it, vi } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { totpOf } from "@/tests/factories/totp";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const FIRST = "the first secret of this installation";
const SECOND = "the second secret of this installation";
const OWNER = { name: "Olga", email: "olga@example.com", password: "a heron in the harbour" };
const NOBODY = { kind: "nobody", id: null, name: "nobody", address: null, userAgent: null } as const;

/** A process that was started with these secrets: the environment is read once, so it gets modules of its own. */
async function startedWith(secret: string, previous = "") {
  vi.stubEnv("FLEETGAUGE_SECRET", secret);
  vi.stubEnv("FLEETGAUGE_PREVIOUS_SECRETS", previous);
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "fleetgaugeAccounts");
  return {
    ...(await import("@/lib/auth/set-up")),
    ...(await import("@/lib/auth/sign-in")),
    ...(await import("@/lib/auth/own-account")),
    ...(await import("@/lib/auth/authenticate")),
    ...(await import("@/lib/settings/secrets/rotate")),
  };
}
type Started = Awaited<ReturnType<typeof startedWith>>;

const headersOf = (cookies: readonly string[]) =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(";")[0]).join("; "), origin: "http://127.0.0.1:3000" });

/** Signs in with the password and this code. */
async function enter({ confirmSignIn, signIn }: Started, code: string) {
  const { cookies, needsCode } = await signIn(OWNER, new Headers());
  expect(needsCode).toBe(true);
  return confirmSignIn(code, headersOf(cookies));
}

it("a second factor and its backup codes open with the new secret, and with the old one no more", async () => {
  const first = await startedWith(FIRST);
  const code = (await first.issueSetUpCode()) ?? "";
  await first.setUpOwner({ ...OWNER, code }, NOBODY);
  const headers = headersOf((await first.signIn(OWNER, new Headers())).cookies);
  const caller = await first.authenticate(headers);
  if (caller?.kind !== "user") throw new Error("Nobody is signed in");
  const { backupCodes, uri } = await first.beginSecondFactor(caller, OWNER.password, headers);
  await first.confirmSecondFactor(caller, totpOf(uri), headers);

  const between = await startedWith(SECOND, FIRST);
  await enter(between, backupCodes[0] ?? "");
  // The key of the audit log is the other one.
  expect(await between.rotateSealedSecrets()).toMatchObject({ resealed: 2, lost: [] });
  expect(await between.rotateSealedSecrets()).toMatchObject({ resealed: 0, lost: [] });

  const after = await startedWith(SECOND);
  expect((await enter(after, totpOf(uri))).cookies).not.toEqual([]);
  expect((await enter(after, backupCodes[1] ?? "")).cookies).not.toEqual([]);
  await expect(enter(after, backupCodes[0] ?? "")).rejects.toMatchObject({ code: "unauthorized" });

  const stranger = await startedWith(FIRST);
  const [row] = await query<{ id: string }>(sql`select id from user_two_factor`);
  await expect(enter(stranger, totpOf(uri))).rejects.toThrow();
  expect((await stranger.rotateSealedSecrets()).lost).toContain(`user_two_factor.secret of ${row?.id}`);
});
