import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { describeUser, type UserCaller } from "./caller";
import { listProviders } from "./identity/providers";
import { PATH_HEADER } from "./path-header";
import type { Permission } from "./roles";
import type { Scope } from "./scope";
import { readSessionToken } from "./session-cookie";
import { findSessionCaller } from "./sessions";
import { isSetUp } from "./set-up";
import type { Me } from "./types";

/** Who is signed in, read once per request; a key opens no page. */
export const loadSignedIn = cache(async (): Promise<UserCaller | null> => {
  const token = readSessionToken(await headers());
  const caller = token === null ? null : await findSessionCaller(token);
  return caller?.kind === "user" ? caller : null;
});

/**
 * Who asks for a page. Whoever is not signed in is sent to where one signs in, and comes back here; without any user the
 * way leads to the set-up; who may not see the page gets a 403.
 */
export async function requireCaller(permission?: Permission): Promise<UserCaller> {
  const caller = await loadSignedIn();
  if (caller === null) {
    if (!(await isSetUp())) redirect("/set-up");
    const path = (await headers()).get(PATH_HEADER) ?? "/";
    redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
  }
  if (permission !== undefined && !caller.permissions.has(permission)) forbidden();
  return caller;
}

/** What the page's reader may see, for the loaders of reports. */
export async function requireScope(permission: Permission): Promise<Scope> {
  return (await requireCaller(permission)).scope;
}

/** Who is signed in, as the shell of the pages shows it. */
export async function loadMe(): Promise<Me> {
  return describeUser(await requireCaller());
}

/** Sends whoever is signed in away from the page to sign in, and to the set-up while there is nobody who could. */
export async function leaveWhenSignedIn(): Promise<void> {
  if ((await loadSignedIn()) !== null) redirect("/");
  if (!(await isSetUp())) redirect("/set-up");
}

/** Whether there is anybody who can sign in. */
export async function loadIsSetUp(): Promise<boolean> {
  return isSetUp();
}

/** Providers that the sign-in offers. */
export async function loadSignInProviders(): Promise<{ id: string; label: string }[]> {
  return (await listProviders()).map(({ id, label }) => ({ id, label }));
}
