import { ReportPanel } from "@/components/layout/report-panel";
import { CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import { TASK_ADVICE } from "@/lib/core/task-advice";

/** What tends to go wrong with each kind of work, and what shows it early. It never changes: the server writes it. */
export function TaskAdvicePanel() {
  return (
    <ReportPanel
      title="What goes wrong with each task, and what shows it early?"
      note="In our own words, and no study is behind them: look which of them are yours. Why your own failed is said on each pull request, and adds up on Quality."
      className="mt-4"
    >
      <dl className="grid gap-y-3 md:grid-cols-[12rem_minmax(0,1fr)_minmax(0,1fr)] md:gap-x-6">
        {CATEGORIES.flatMap((category) => {
          if (category === "unclassified") return [];
          const { goesWrong, seenBy } = TASK_ADVICE[category];
          return [
            <div key={category} className="grid gap-y-0.5 border-t pt-3 first:border-t-0 first:pt-0 md:contents">
              <dt className="font-medium md:border-t md:pt-3">{CATEGORY_LABEL[category]}</dt>
              <dd className="text-ink-2 md:border-t md:pt-3">{goesWrong}</dd>
              <dd className="text-ink-2 md:border-t md:pt-3">
                <span className="text-ink-3 md:hidden">Shown by: </span>
                {seenBy}
              </dd>
            </div>,
          ];
        })}
      </dl>
    </ReportPanel>
  );
}
