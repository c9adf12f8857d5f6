import { AppError } from "@/lib/core/errors";
import { GitHubFailure } from "@/lib/sources/github-api/failure";

const ATTEMPTS = 3;

/** Asks again what failed on the way; someone is waiting, so not for long. */
export async function persistently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const kind = error instanceof GitHubFailure ? error.reason.kind : null;
      if ((kind !== "transient" && kind !== "too_heavy") || attempt === ATTEMPTS) throw error;
    }
  }
}

export const refused = (message: string, pointer: string, cause?: unknown): AppError =>
  new AppError({ code: "bad_request", message, pointer, cause });

export const unavailable = (failure: GitHubFailure): AppError =>
  new AppError({ code: "unavailable", message: `${failure.message}. Try again in a while.`, cause: failure });
