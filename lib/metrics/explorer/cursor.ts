import { z } from "zod";
import { AppError } from "@/lib/core/errors";

/** Where a page ended: the sort, the sorted value as text (null for a missing one) and what breaks ties. */
export interface Position {
  sort: string;
  value: string | null;
  tie: string[];
}

const positionSchema = z.tuple([z.string(), z.string().nullable(), z.array(z.string()).max(3)]);

/** An opaque cursor for a position. */
export function encodeCursor({ sort, value, tie }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, tie])).toString("base64url");
}

/**
 * The position behind a cursor.
 * @throws {AppError} `unprocessable` for a text that is no cursor, or one of another sort.
 */
export function decodeCursor(cursor: string, sort: string): Position {
  try {
    const [made, value, tie] = positionSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (made === sort) return { sort, value, tie };
  } catch {
    // Falls through: to the caller every unreadable cursor is the same mistake.
  }
  throw new AppError({
    code: "unprocessable",
    message: "The cursor is not one that this list gave for this sort: start again without it.",
    pointer: "/cursor",
  });
}
