import type { SmallMultiple as Prepared } from "./prepare-small-multiples";

/** One small chart of several on one scale; decoration for the eye, its figures stand in the table. */
export function SmallMultiple({ chart }: { chart: Prepared }) {
  return (
    <svg viewBox="0 0 120 40" preserveAspectRatio="none" aria-hidden="true" className="block h-14 w-full">
      <line x1="0" x2="120" y1="39.5" y2="39.5" stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      {chart.lines.map(({ color, dots, key, runs }) => (
        <g key={key} fill="none" stroke={color} strokeWidth={1.6}>
          {runs.map((points) => (
            <polyline key={points} points={points} vectorEffect="non-scaling-stroke" />
          ))}
          {dots.map(({ x, y }) => (
            <line
              key={x}
              x1={x}
              x2={x}
              y1={y}
              y2={y}
              strokeWidth={4}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </g>
      ))}
    </svg>
  );
}
