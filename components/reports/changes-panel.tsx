"use client";

import Link from "next/link";
import { useMemo } from "react";
import type { FilterState } from "@/components/filters/search-params";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { cn } from "@/components/ui/cn";
import { CATEGORIES } from "@/lib/core/dimensions";
import { formatCount, formatQuantity } from "@/lib/core/format";
import type { MetricDescriptor } from "@/lib/metrics/types";
import { type ChangeItem, type ChangeSource, prepareChanges } from "./prepare-changes";
import { useBehind } from "./use-behind";

const TONE = { good: "text-good", bad: "text-bad", flat: "text-ink-2" } as const;
const KIND = { category: "", team: "Team ", repo: "Repository " } as const;

/** Where the rate moved against the comparison period, and whether by more than chance. */
export function ChangesPanel({
  descriptor,
  sources,
  compared,
  pending,
  busy,
}: {
  descriptor: Pick<MetricDescriptor, "id" | "direction">;
  sources: readonly ChangeSource[];
  /** Whether the page compares two periods at all. */
  compared: boolean;
  /** One of the sources has no answer yet. */
  pending: boolean;
  busy: boolean;
}) {
  const behind = useBehind();
  const changes = useMemo(() => prepareChanges(descriptor, sources), [descriptor, sources]);
  const note = changes.compared === 0 ? undefined : "Rolled back within 7 days, against the period before.";
  const quiet = changes.items.every(({ beyondChance }) => !beyondChance);
  return (
    <MetricPanel
      title="What changed most"
      note={note}
      pending={pending}
      busy={busy}
      footer={
        changes.compared > 0 && (
          <p className="mt-3 text-note text-ink-3">
            Tasks, teams and repositories with at least 30 pull requests on both sides. One in twenty differs by chance
            alone.
          </p>
        )
      }
    >
      {changes.items.length === 0 ? (
        <StateMessage compact title={compared ? "Nothing to compare yet" : "No comparison"}>
          <p>
            {compared
              ? "No task, team or repository has 30 pull requests old enough in both periods. Choose a longer period."
              : "This period has no equally long one before it, or the comparison is switched off. Which months stand out is said below."}
          </p>
        </StateMessage>
      ) : (
        <>
          {quiet && (
            <p className="mb-2">
              Nothing changed more than chance explains: {formatQuantity(changes.compared, "comparison")}.{" "}
              <span className="text-ink-3">
                {changes.items.length === 1 ? "This is it:" : `The ${formatCount(changes.items.length)} largest:`}
              </span>
            </p>
          )}
          <ul>
            {changes.items.map((item) => (
              <li
                key={`${item.dimension} ${item.value}`}
                className={cn(
                  "grid grid-cols-[minmax(0,1fr)_auto] gap-3 border-t first:border-t-0",
                  quiet ? "py-2 text-note" : "py-2.5",
                )}
              >
                <p className="text-ink-2">
                  <Link
                    prefetch={false}
                    href={behind(descriptor.id, narrowedTo(item))}
                    className={cn("underline-offset-3 hover:underline", !quiet && "font-medium text-ink")}
                  >
                    <span className="font-normal text-ink-2">{KIND[item.dimension]}</span>
                    {item.name}
                  </Link>{" "}
                  <span className="num">{item.text}.</span>
                </p>
                <p className={cn("num text-right", TONE[item.tone])}>
                  {item.difference}
                  {!item.beyondChance && !quiet && <span className="block text-xs text-ink-3">within chance</span>}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </MetricPanel>
  );
}

function narrowedTo({ dimension, value }: ChangeItem): Partial<FilterState> {
  if (dimension === "category") return { category: CATEGORIES.filter((category) => category === value) };
  return dimension === "team" ? { team: [value] } : { repo: [value] };
}
