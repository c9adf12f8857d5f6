import { beforeAll, beforeEach, expect } from "vitest";
import { PUT as accept } from "@/app/api/auth/invitations/route";
import { POST as setUp } from "@/app/api/auth/set-up/route";
import { POST as signIn } from "@/app/api/auth/sign-in/route";
import { POST as invite } from "@/app/api/v1/invitations/route";
import { PATCH as changeUser } from "@/app/api/v1/users/[id]/route";
import { issueSetUpCode } from "@/lib/auth/set-up";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { call, ORIGIN } from "./call";

export const PASSWORD = "a heron in the harbour";
export const OWNER = { name: "Olga Owner", email: "Olga@Example.com", password: PASSWORD };

/** Headers that prove who calls. */
export type Proof = Record<string, string>;

/** Cookies that an answer sets, as a browser sends them back. */
export function cookiesOf(response: Response): Proof {
  const pairs = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return { cookie: pairs.join("; "), origin: ORIGIN };
}

/** Sends `body` from a page of the product. */
export const post = (handler: Parameters<typeof call>[0], path: string, body: unknown, as: Proof = {}) =>
  call(handler, path, { as: { origin: ORIGIN, ...as }, method: "POST", body });

export const enter = (email: string, password = PASSWORD) => post(signIn, "/api/auth/sign-in", { email, password });

export const patchUser = (as: Proof, id: string, body: unknown) =>
  call(changeUser, "/", { as, method: "PATCH", params: { id }, body });

/** Sets the installation up before the file's tests; `proof` is the owner's. No test meets the rate limits of another. */
export function useOwner(): { proof: Proof } {
  const owner: { proof: Proof } = { proof: {} };
  beforeAll(async () => {
    const code = await issueSetUpCode();
    const answer = await post(setUp, "/api/auth/set-up", { ...OWNER, code });
    expect(answer.status).toBe(200);
    owner.proof = cookiesOf(answer);
  });
  beforeEach(async () => {
    await execute(sql`delete from rate_limit`);
  });
  return owner;
}

/** Invites somebody, who accepts. @returns the id of the user */
export async function join(as: Proof, role: string, email: string, teamIds: number[] = []): Promise<string> {
  const made = await post(invite, "/api/v1/invitations", { email, role, teamIds }, as);
  expect(made.status).toBe(200);
  const { token } = await made.json();
  const accepted = await call(accept, "/", {
    as: { origin: ORIGIN },
    method: "PUT",
    body: { token, name: "Somebody", password: PASSWORD },
  });
  expect(accepted.status).toBe(200);
  const [user] = await query<{ id: string }>(sql`select id from app_user where email = ${email}`);
  return user?.id ?? "";
}
