/**
 * Where to go after a sign-in: a path of this site and nothing else, so that no link leads a person who just signed in
 * to somewhere else.
 */
export function nextPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return "/";
  const base = "http://fleetgauge.invalid";
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : "/";
}
