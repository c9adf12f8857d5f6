import { cn } from "@/components/ui/cn";

/** Amounts as bars from the left, with their names and figures; what is only assumed is hatched. */
export function AmountBars({
  title,
  lines,
}: {
  title: string;
  lines: readonly {
    label: string;
    figure: string;
    /** Part of the longest, 0..1. */
    length: number;
    tone: "good" | "bad" | "plain";
    isAssumed?: boolean;
  }[];
}) {
  return (
    <>
      <h3 className="mt-3 mb-1 text-note font-medium text-ink-2 first:mt-0">{title}</h3>
      <ul className="num text-note">
        {lines.map(({ figure, isAssumed, label, length, tone }) => (
          <li
            key={label}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 py-[3px] @md:grid-cols-[15rem_minmax(0,1fr)_6rem]"
          >
            <span className="text-ink-2">
              {label}
              {isAssumed === true && <span className="text-ink-3"> · assumed</span>}
            </span>
            <span aria-hidden="true" className="hidden h-3 border-l border-line-strong @md:block">
              <i
                className={cn(
                  "block h-3",
                  tone === "good" && "bg-good",
                  tone === "bad" && "bg-bad",
                  tone === "plain" && "bg-agent",
                  isAssumed === true && "opacity-55",
                )}
                style={{ width: `${Math.max(1, length * 100)}%` }}
              />
            </span>
            <span className="text-right font-medium">{figure}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
