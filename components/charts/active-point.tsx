import Link from "next/link";

const RADIUS = 4.5;
/** Around the point, so that it can be hit. */
const REACH = 13;

/** The point of a line under the pointer: larger, and the way to what it counts, if there is one. */
export function ActivePoint({
  cx,
  cy,
  color,
  href,
}: {
  cx: number | undefined;
  cy: number | undefined;
  color: string;
  href: string | null;
}) {
  const circle = <circle cx={cx} cy={cy} r={RADIUS} fill={color} />;
  if (href === null) return circle;
  return (
    <Link prefetch={false} href={href} tabIndex={-1} aria-hidden="true">
      <circle cx={cx} cy={cy} r={REACH} fill="transparent" />
      {circle}
    </Link>
  );
}
