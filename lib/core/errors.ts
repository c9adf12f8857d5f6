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

  /** The same failure of a part that stands under another pointer of the request. */
  under(prefix: string): AppError {
    const { code, message, pointer } = this;
    return new AppError({ code, message, pointer: `${prefix}${pointer ?? ""}`, cause: this });
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

const BROKEN_CODES: ReadonlySet<string> = new Set(["57P01", "57P02", "ECONNRESET", "EPIPE"]);
/** A connection that breaks between two statements or under one carries no code, only these words of the driver. */
const BROKEN_WORDS = /^(Connection terminated unexpectedly|Client has encountered a connection error)/;

/** Whether a statement failed because its connection to the database broke, be it before or during it. */
export function isConnectionBroken(error: unknown): boolean {
  return BROKEN_CODES.has(errorCode(error) ?? "") || BROKEN_WORDS.test(errorMessage(error));
}
