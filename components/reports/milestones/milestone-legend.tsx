"use client";

import { useNameOf } from "@/components/filters/use-filters";
import { formatDate } from "@/lib/core/format";
import type { NumberedMilestone } from "./prepare-milestones";

/** What the numbered lines of a chart stand for. */
export function MilestoneLegend({ shown }: { shown: readonly NumberedMilestone[] }) {
  const nameOf = useNameOf();
  if (shown.length === 0) return null;
  return (
    <ol aria-label="What was changed" className="num mt-1 flex flex-wrap gap-x-4 gap-y-1 text-note text-ink-2">
      {shown.map(({ day, id, number, team, title }) => (
        <li key={id}>
          <span className="font-medium">{number}</span> {title}
          <span className="text-ink-3">
            {" "}
            {[formatDate(`${day}T12:00:00Z`, "UTC"), ...(team === null ? [] : [nameOf("team", team)])].join(", ")}
          </span>
        </li>
      ))}
    </ol>
  );
}
