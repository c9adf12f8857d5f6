import { assertEgressUrl } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { GitHubFailure } from "@/lib/sources/github-api/failure";

/** An address that may not be asked, at the field that holds it; other errors as they are. */
export function atAddress(error: unknown): unknown {
  const isRefusal = error instanceof AppError && error.code === "bad_request" && error.pointer === null;
  return isRefusal ? refused(error.message, "/apiUrl", error) : error;
}

/** @throws {AppError} `bad_request` at `/apiUrl` for an address inside the network that nobody allowed */
export function assertServer(apiUrl: string): void {
  try {
    assertEgressUrl(apiUrl, env().egressAllowHosts);
  } catch (error) {
    throw atAddress(error);
  }
}

export const refused = (message: string, pointer: string, cause?: unknown): AppError =>
  new AppError({ code: "bad_request", message, pointer, cause });

export const unavailable = (failure: GitHubFailure): AppError =>
  new AppError({ code: "unavailable", message: `${failure.message}. Try again in a while.`, cause: failure });
