/** Every kind of failure that a caller may be told about; adapters map each code to one HTTP status or exit code. */
export type AppErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "gone"
  | "payload_too_large"
  | "unprocessable"
  | "too_many_requests"
  | "internal"
  | "unavailable";

type AppErrorInit = {
  code: AppErrorCode;
  /** One plain sentence for a person; never holds a secret. */
  message: string;
  /** JSON pointer (RFC 6901) of the offending field, for example `/filters/team/0`. */
  pointer?: string;
  cause?: unknown;
};

/** An expected failure: its message may be shown to the caller as it stands. Anything else is a defect. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly pointer: string | null;

  constructor({ code, message, pointer, cause }: AppErrorInit) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.pointer = pointer ?? null;
  }
}

/** The message of anything that was thrown, without its stack. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` that Node and PostgreSQL errors carry (`ENOENT`, `23505`), or null. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
