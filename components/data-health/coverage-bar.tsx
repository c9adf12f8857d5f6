import { formatCount } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

/** Pull requests by how well an agent's hand in them is marked; the numbers are the text, the bar repeats them. */
export function CoverageBar({ strong, weak, unmarked }: Pick<RepositoryHealth, "strong" | "weak" | "unmarked">) {
  const parts = [
    { key: "strong", count: strong, color: "bg-agent" },
    { key: "weak", count: weak, color: "bg-assisted" },
    { key: "unmarked", count: unmarked, color: "bg-line-strong" },
  ] as const;
  return (
    <div className="flex min-w-40 flex-wrap items-center gap-x-2">
      <div aria-hidden="true" className="flex h-2 w-28 shrink-0 gap-px overflow-hidden rounded-full bg-sunken">
        {parts.map(
          ({ key, count, color }) =>
            count > 0 && <span key={key} className={color} style={{ flexGrow: count, minWidth: 2 }} />,
        )}
      </div>
      <p className="num text-xs text-ink-3 md:whitespace-nowrap">
        {formatCount(strong)} strong · {formatCount(weak)} weak · {formatCount(unmarked)} none
      </p>
    </div>
  );
}
