import { nextPath } from "./next-path";

/**
 * Leaves for the page that was asked for, as a new document: what was shown before signing in is forgotten.
 * @returns what is wrong, where the browser did not keep the session
 */
export async function enter(): Promise<string | null> {
  const { ok } = await fetch("/api/v1/me");
  if (!ok) {
    // Safari keeps secure cookies over https alone, on this machine too.
    return "Your browser did not keep the session. Over plain http some browsers do not: use https, or another browser.";
  }
  window.location.assign(nextPath(new URLSearchParams(window.location.search).get("next")));
  return null;
}
