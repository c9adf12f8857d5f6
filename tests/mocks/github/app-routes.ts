import type { AppDesk } from "./apps";
import { pageOf } from "./rest";

interface Reply {
  status: number;
  body: unknown;
  link?: string | null;
}

const NOT_FOUND: Reply = { status: 404, body: { message: "Not Found" } };

/** Routes that an App asks with a token that it signed itself. @returns null for others */
export async function answerApp(
  desk: AppDesk,
  method: string,
  path: string,
  parameters: URLSearchParams,
  token: string | undefined,
): Promise<Reply | null> {
  if (!/^\/app(?:\/|$)/.test(path)) return null;
  const appId = token === undefined ? null : desk.appOf(token);
  if (appId === null) return { status: 401, body: { message: "A JSON web token could not be decoded" } };
  if (method === "GET" && path === "/app/hook/deliveries") return listDeliveries(desk, path, parameters);
  const attempt = /^\/app\/hook\/deliveries\/(\d+)\/attempts$/.exec(path);
  if (method === "POST" && attempt !== null) {
    const logged = desk.log.find(({ id }) => id === Number(attempt[1]));
    if (logged === undefined) return NOT_FOUND;
    await desk.deliver(logged.guid, logged.event, logged.payload, true);
    return { status: 202, body: {} };
  }
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

/** Latest first, by a cursor and not by pages. */
function listDeliveries({ log }: AppDesk, path: string, parameters: URLSearchParams): Reply {
  const size = Number(parameters.get("per_page") ?? 30);
  const before = Number(parameters.get("cursor")?.replace("v1_", "") ?? Number.POSITIVE_INFINITY);
  const older = log.filter(({ id }) => id < before).reverse();
  const page = older.slice(0, size);
  const last = page.at(-1);
  const link =
    older.length > size && last !== undefined
      ? `<https://api.github.test${path}?per_page=${size}&cursor=v1_${last.id}>; rel="next"`
      : null;
  return { status: 200, body: page.map(({ payload: _, ...shown }) => shown), link };
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
