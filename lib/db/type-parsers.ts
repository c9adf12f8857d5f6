import { types } from "pg";

/** Reads a BIGINT as a number. @throws {RangeError} when it is too large to be exact. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The integer ${text} is too large to be read exactly`);
  return value;
}

const defaultTimestamptz: (text: string) => unknown = types.getTypeParser(types.builtins.TIMESTAMPTZ);

/** Reads a timestamptz as a Date. @throws {RangeError} for `infinity`, which no column of ours may hold. */
export function parseTimestamptz(text: string): Date {
  const value = defaultTimestamptz(text);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
    throw new RangeError(`The time ${text} cannot be read as a date`);
  }
  return value;
}
