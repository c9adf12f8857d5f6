import { ReportPanel } from "@/components/layout/report-panel";
import { formatDateTime } from "@/lib/core/format";
import type { TimelineItem } from "@/lib/metrics/explorer/types";

/** What happened to a pull request, oldest first, as its sources tell it. */
export function TimelinePanel({ items, timeZone }: { items: readonly TimelineItem[]; timeZone: string }) {
  const occurrences = withKeys(items);
  return (
    <ReportPanel title="Timeline" note={`Times in ${timeZone}. Everything here comes from the event log.`}>
      {items.length === 0 ? (
        <p className="text-ink-2">No event of this pull request is kept.</p>
      ) : (
        <ol className="relative ml-1 border-l pl-4">
          {occurrences.map(({ item, key }) => (
            <li key={key} className="relative py-1.5">
              <span
                aria-hidden="true"
                className="absolute top-3.5 -left-[1.3125rem] size-[9px] rounded-full border-2 border-panel bg-line-control"
              />
              <p className="num text-note text-ink-3">
                <time dateTime={item.at}>{formatDateTime(item.at, timeZone)}</time> · {item.source}
              </p>
              <p className="[overflow-wrap:anywhere]">{item.text}</p>
            </li>
          ))}
        </ol>
      )}
    </ReportPanel>
  );
}

/** Two equal events at one moment are told apart by their order. */
function withKeys(items: readonly TimelineItem[]) {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = `${item.at} ${item.kind} ${item.text}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { item, key: `${name} ${nth}` };
  });
}
