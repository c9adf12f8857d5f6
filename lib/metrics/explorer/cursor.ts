import { z } from "zod";
import { AppError } from "@/lib/core/errors";

/** Where a page ended: the sort, the sorted value (null for a missing one) and what breaks ties, all as text. */
interface Position {
  sort: string;
  value: string | null;
  tie: string[];
}

const positionSchema = z.tuple([z.string(), z.string().nullable(), z.array(z.string()).max(3)]);

/** An opaque cursor for a position. */
export function encodeCursor({ sort, value, tie }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, tie])).toString("base64url");
}

/** The answer to a cursor that is none of this list: to the caller every one of them is the same mistake. */
function notOurs(): AppError {
  return new AppError({
    code: "unprocessable",
    message: "The cursor is not one that this list gave for this sort: start again without it.",
    pointer: "/cursor",
  });
}

/**
 * The position behind a cursor.
 * @param ties how many texts break ties in this list
 * @throws {AppError} `unprocessable` for a text that is no cursor, or one of another sort.
 */
export function decodeCursor(cursor: string, sort: string, ties: number): Position {
  try {
    const [made, value, tie] = positionSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (made === sort && tie.length === ties) return { sort, value, tie };
  } catch {
    // Falls through.
  }
  throw notOurs();
}

/** Reads a whole number that a cursor carries; a cursor is input like any other. @throws {AppError} `unprocessable` */
export function readWholeNumber(text: string | undefined): number {
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) throw notOurs();
  return Number(text);
}
