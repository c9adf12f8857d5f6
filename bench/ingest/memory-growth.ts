/** Memory in megabytes after so many events. */
interface Point {
  events: number;
  megabytes: number;
}

/** The first part of a run fills caches and lets the heap find its size. */
const WARM_UP_SHARE = 0.2;
const FEWEST_POINTS = 8;

/**
 * Growth of memory after the warm-up, by least squares.
 * @returns megabytes per million events; null for a short run
 */
export function growthPerMillion(all: readonly Point[]): number | null {
  const points = all.slice(Math.floor(all.length * WARM_UP_SHARE));
  if (points.length < FEWEST_POINTS) return null;
  const mean = (read: (point: Point) => number) => points.reduce((sum, point) => sum + read(point), 0) / points.length;
  const x = mean(({ events }) => events);
  const y = mean(({ megabytes }) => megabytes);
  const covariance = mean((point) => (point.events - x) * (point.megabytes - y));
  const variance = mean((point) => (point.events - x) ** 2);
  return variance === 0 ? 0 : (covariance / variance) * 1_000_000;
}
