import type { DAY_ORDERS } from "@/lib/core/cost-files";
import { isDay } from "@/lib/core/zoned-time";

export type DayOrder = (typeof DAY_ORDERS)[number];

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: .*)?$/;
const NAMED_FIRST = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;
const NAMED_SECOND = /^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?,?[ -](\d{4})$/i;

/** `2026-01-31`, or null where there is no such day. */
function dayOf(year: string, month: string | number, day: string): string | null {
  const text = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}

/**
 * The day of a bill's line, `2026-01-31`: ISO dates and instants by the day they name, `31.01.2026`, `31/01/2026`, `Jan 31, 2026`.
 * @param order of dates with slashes
 */
export function readDay(text: string, order: DayOrder): string | null {
  const [, isoYear = "", isoMonth = "", isoDay = ""] = ISO.exec(text) ?? [];
  if (isoYear !== "") return dayOf(isoYear, isoMonth, isoDay);
  const [, dotDay = "", dotMonth = "", dotYear = ""] = DOTTED.exec(text) ?? [];
  if (dotYear !== "") return dayOf(dotYear, dotMonth, dotDay);
  const [, first = "", second = "", year = ""] = SLASHED.exec(text) ?? [];
  if (year !== "") return order === "dmy" ? dayOf(year, second, first) : dayOf(year, first, second);
  const [, name = "", namedDay = "", namedYear = ""] = NAMED_FIRST.exec(text) ?? [];
  if (name !== "") return dayOf(namedYear, MONTHS.indexOf(name.toLowerCase()) + 1, namedDay);
  const [, lastDay = "", lastName = "", lastYear = ""] = NAMED_SECOND.exec(text) ?? [];
  return lastName === "" ? null : dayOf(lastYear, MONTHS.indexOf(lastName.toLowerCase()) + 1, lastDay);
}

/** Which of the first two numbers of dates with slashes is the day; null where no date of the file says. */
export function dayOrderOf(texts: Iterable<string>): DayOrder | "none" | null {
  let isOpen = false;
  for (const text of texts) {
    const [, first, second] = SLASHED.exec(text) ?? [];
    if (first === undefined) continue;
    if (Number(first) > 12) return "dmy";
    if (Number(second) > 12) return "mdy";
    isOpen ||= first !== second;
  }
  return isOpen ? null : "none";
}
