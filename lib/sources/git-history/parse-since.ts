import { AppError } from "@/lib/core/errors";

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * `2026-01-31` (midnight UTC) or an ISO instant (UTC unless it names an offset).
 * @throws {AppError} bad_request at `/since` for anything else, and for a day that has not come yet.
 */
export function parseSince(text: string, now: Date): Date {
  const date = readDate(text.trim());
  if (date === null) {
    throw new AppError({
      code: "bad_request",
      message: `"${text.slice(0, 60)}" is not a date: write it as 2026-01-31 or 2026-01-31T09:00:00Z.`,
      pointer: "/since",
    });
  }
  if (date > now) {
    throw new AppError({ code: "bad_request", message: `${text} lies in the future.`, pointer: "/since" });
  }
  return date;
}

function readDate(text: string): Date | null {
  const day = DAY.exec(text.slice(0, 10));
  if (day === null || !(text.length === 10 || INSTANT.test(text))) return null;
  const midnight = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  // 30 February would silently become 2 March.
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day[3])) return null;
  if (text.length === 10) return midnight;
  const instant = new Date(`${text.replace(" ", "T")}${/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? "" : "Z"}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
