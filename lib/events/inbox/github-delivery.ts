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

/** GitHub writes the action first; parsing megabytes for it is left to whoever reads the delivery. */
const ACTION = /^\s*\{\s*"action"\s*:\s*"([a-z0-9_]{1,100})"/;
const ACTION_REACH = 200;

function required(headers: HeaderReader, name: "X-GitHub-Event" | "X-GitHub-Delivery"): string {
  const value = headers.get(name) ?? "";
  if (NAME.test(value)) return value;
  throw new AppError({ code: "bad_request", message: `The header ${name} is missing or is not one of GitHub's.` });
}

/**
 * A signed request of GitHub as a delivery. Any event is taken: which ones mean something is decided when it is read.
 * @throws {AppError} `bad_request` without the headers that name event and delivery
 */
export function githubDelivery(headers: HeaderReader, body: Buffer): Delivery {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return {
    source: "github",
    deliveryId: required(headers, "X-GitHub-Delivery"),
    event: required(headers, "X-GitHub-Event"),
    action: ACTION.exec(body.toString("latin1", 0, ACTION_REACH))?.[1] ?? null,
    headers: kept,
    body,
  };
}
