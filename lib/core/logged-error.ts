import { stdSerializers } from "pino";

/**
 * What a log line says of an error: what it is, where it came from and its causes. What libraries hang on their errors,
 * such as a whole database connection with its secrets, is left out.
 */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code, message, stack, type } = stdSerializers.err(error);
  return { type, message, ...(typeof code === "string" ? { code } : {}), stack };
}
