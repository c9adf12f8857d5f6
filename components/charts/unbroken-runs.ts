export interface Point {
  x: number;
  y: number;
}

/** Points in order, cut where one is missing; a run may be empty. */
export function unbrokenRuns(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs;
}

/** A run as an SVG polyline takes it. */
export const asPolyline = (run: readonly Point[]): string => run.map(({ x, y }) => `${x},${y}`).join(" ");
