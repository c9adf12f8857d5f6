import type { AppDesk } from "./apps";
import { pageOf } from "./rest";

interface Reply {
  status: number;
  body: unknown;
  link?: string | null;
}

const NOT_FOUND: Reply = { status: 404, body: { message: "Not Found" } };

/** Routes that an App asks with a token that it signed itself. @returns null for others */
export function answerApp(
  desk: AppDesk,
  method: string,
  path: string,
  parameters: URLSearchParams,
  token: string | undefined,
): Reply | null {
  if (!/^\/app(?:\/|$)/.test(path)) return null;
  const appId = token === undefined ? null : desk.appOf(token);
  if (appId === null) return { status: 401, body: { message: "A JSON web token could not be decoded" } };
  const installations = desk.ofApp(appId);
  if (method === "GET" && path === "/app/installations") {
    const { items, link } = pageOf(installations, path, parameters);
    return { status: 200, body: items.map((one) => desk.describe(one)), link };
  }
  const one = /^\/app\/installations\/(\d+)(\/access_tokens)?$/.exec(path);
  const installation = installations.find(({ id }) => id === Number(one?.[1]));
  if (one === null || installation === undefined) return NOT_FOUND;
  if (one[2] === undefined) return method === "GET" ? { status: 200, body: desk.describe(installation) } : NOT_FOUND;
  if (method !== "POST") return NOT_FOUND;
  if (installation.suspended) return { status: 403, body: { message: "This installation has been suspended" } };
  return { status: 201, body: { ...desk.issue(installation), permissions: installation.permissions } };
}

/** Pages at which people make and install an App. @returns where the browser is sent; null for other pages */
export function answerAppPage(desk: AppDesk, method: string, url: URL, body: string): string | null {
  if (method === "POST" && /^\/(?:organizations\/[^/]+\/)?settings\/apps\/new$/.test(url.pathname)) {
    const manifest = new URLSearchParams(body).get("manifest");
    return manifest === null ? null : desk.create(JSON.parse(manifest), url.searchParams.get("state") ?? "");
  }
  const install = /^\/apps\/([^/]+)\/installations\/new$/.exec(url.pathname);
  return install === null ? null : desk.install(install[1] ?? "");
}
