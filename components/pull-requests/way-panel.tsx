import { ReportPanel } from "@/components/layout/report-panel";
import { formatDateTime } from "@/lib/core/format";
import type { PullRequestWay } from "@/lib/events/types";
import { prepareWay } from "./prepare-way";

/** When a pull request was opened, reviewed, merged and deployed; left out where only its merge is known. */
export function WayPanel({ way, timeZone }: { way: PullRequestWay; timeZone: string }) {
  const { mergedAt: _, ...others } = way;
  if (Object.values(others).every((at) => at === null)) return null;
  return (
    <ReportPanel title="Its way">
      <dl className="grid gap-y-1">
        {prepareWay(way).map(({ after, at, label }) => (
          <div key={label} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className={at === null ? "text-ink-3" : undefined}>{label}</dt>
            <dd className="num text-note text-ink-2">
              {at === null ? (
                <span className="text-ink-3">not known, or never</span>
              ) : (
                <>
                  {after !== null && <span className="text-ink-3">{after} · </span>}
                  <time dateTime={at}>{formatDateTime(at, timeZone)}</time>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </ReportPanel>
  );
}
