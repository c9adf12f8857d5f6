import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/core/errors";
import type { Delivery } from "./delivery";

type HeaderReader = Pick<Headers, "get">;

/** What else is worth knowing of a delivery when it is read later. */
const KEPT_HEADERS = [
  "content-type",
  "user-agent",
  "x-github-event",
  "x-github-delivery",
  "x-github-hook-id",
  "x-github-hook-installation-target-id",
  "x-github-hook-installation-target-type",
  "x-github-enterprise-host",
  "x-github-enterprise-version",
  "x-hub-signature-256",
] as const;

const NAME = /^[\x21-\x7e]{1,200}$/;

/** GitHub's own, or of `repository_dispatch` whatever its sender wrote. */
const ACTION = /^[\w .:/-]{1,100}$/;

/** @throws {AppError} `bad_request` for what GitHub never sends: a proxy on the way broke it, and GitHub sends it again */
function readBody(body: Buffer): object {
  const refused = (why: string) =>
    new AppError({ code: "bad_request", message: `The body is not a delivery of GitHub: ${why}.` });
  if (!isUtf8(body)) throw refused("it is not UTF-8");
  let read: unknown;
  try {
    read = JSON.parse(body.toString("utf8"));
  } catch {
    throw refused("it is not JSON");
  }
  if (typeof read === "object" && read !== null && !Array.isArray(read)) return read;
  throw refused("it is not a JSON object");
}

function required(headers: HeaderReader, name: "X-GitHub-Event" | "X-GitHub-Delivery"): string {
  const value = headers.get(name) ?? "";
  if (NAME.test(value)) return value;
  throw new AppError({ code: "bad_request", message: `The header ${name} is missing or is not one of GitHub's.` });
}

/**
 * A signed request of GitHub as a delivery. Any event is taken: which ones mean something is decided when it is read.
 * @throws {AppError} `bad_request` without the headers that name event and delivery, and for a body that is no JSON object
 */
export function githubDelivery(headers: HeaderReader, body: Buffer): Delivery {
  const payload = readBody(body);
  const action = "action" in payload && typeof payload.action === "string" ? payload.action : "";
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return {
    source: "github",
    deliveryId: required(headers, "X-GitHub-Delivery"),
    event: required(headers, "X-GitHub-Event"),
    action: ACTION.test(action) ? action : null,
    headers: kept,
    body,
  };
}
