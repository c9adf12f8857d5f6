/** Cookies as headers of an answer. */
export function cookiesOf(cookies: readonly string[]): (readonly [string, string])[] {
  return cookies.map((cookie) => ["Set-Cookie", cookie] as const);
}
