import type { Random } from "@/prisma/seed/random";
import { END, START } from "./company";

const DAY_MS = 86_400_000;
const DAYS = Math.round((END - START) / DAY_MS);
const WEEKEND_WEIGHT = 0.12;
/** How much of the last day's work the first day had. */
const FIRST_DAY_WEIGHT = 0.6;

const isWeekend = (day: number): boolean => [0, 6].includes(new Date(START + day * DAY_MS).getUTCDay());

const WEIGHTS = Array.from(
  { length: DAYS },
  (_, day) => (FIRST_DAY_WEIGHT + (1 - FIRST_DAY_WEIGHT) * (day / DAYS)) * (isWeekend(day) ? WEEKEND_WEIGHT : 1),
);

/** An instant in whole seconds at which people work: mostly weekdays around noon, more towards the end. */
export function drawInstant(random: Random): number {
  for (;;) {
    const day = random.int(0, DAYS - 1);
    if (random.next() >= (WEIGHTS[day] ?? 0)) continue;
    const hour = 6 + 8 * (random.next() + random.next());
    return START + day * DAY_MS + Math.floor(hour * 3600) * 1000;
  }
}

/** How far through the period an instant lies, 0 to 1. */
export const progressAt = (at: number): number => (at - START) / (END - START);
