import type { Sparkline as PreparedSparkline } from "./prepare-sparkline";

/** The course of a number, without axes; decoration for the eye, its figures stand in the panels. */
export function Sparkline({ line, color }: { line: PreparedSparkline | null; color: string }) {
  if (line === null) return <div aria-hidden="true" className="mt-2 h-[30px]" />;
  const stroke = { fill: "none", stroke: color, strokeWidth: 1.6, vectorEffect: "non-scaling-stroke" } as const;
  return (
    <svg viewBox="0 0 120 30" preserveAspectRatio="none" aria-hidden="true" className="mt-2 block h-[30px] w-full">
      {line.runs.map((points) => (
        <polyline key={points} points={points} {...stroke} />
      ))}
      {line.tail !== null && <polyline points={line.tail} {...stroke} strokeDasharray="2 3" strokeOpacity={0.7} />}
      {line.dots.map(({ x, y }) => (
        <line key={x} x1={x} x2={x} y1={y} y2={y} {...stroke} strokeWidth={4} strokeLinecap="round" />
      ))}
    </svg>
  );
}
