/** GitHub gives up after ten seconds; an answer that takes this long is close to it. */
const SLOW_MS = 7000;
const FAST_MS = 2000;
const MOST = 100;

/** How many things to ask for next, by how long the last answer took. */
export function nextPageSize(size: number, ms: number): number {
  if (ms > SLOW_MS) return Math.max(1, Math.floor(size / 2));
  return ms < FAST_MS ? Math.min(MOST, Math.ceil(size * 1.5)) : size;
}

/** How many to ask for after a question that was too much. */
export const smallerPage = (size: number): number => Math.max(1, Math.floor(size / 2));
