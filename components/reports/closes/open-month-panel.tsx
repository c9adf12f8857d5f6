import { FormAlert } from "@/components/account/form-alert";
import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useClosing } from "@/components/query/use-closes";
import { Button } from "@/components/ui/button";
import { fiscalName } from "@/lib/core/fiscal-calendar";
import type { OpenMonth } from "@/lib/metrics/closes/types";
import { amountOf, CAUSE_WORDS, monthName, partName } from "./close-words";
import { MonthTable } from "./month-table";

const FOLD = 12;

/** The open month by team, what is posted in it of months before, and the way to close it. */
export function OpenMonthPanel({
  org,
  open,
  mayClose,
  fiscalStart,
}: {
  org: string;
  open: OpenMonth;
  mayClose: boolean;
  fiscalStart: number;
}) {
  const nameOf = useNameOf();
  const closing = useClosing(org);
  const { adjustments, currency, month, reason, values } = open;
  const name = monthName(month);
  const books = fiscalStart === 1 ? "" : `${fiscalName(month, fiscalStart)}. `;
  const teamName = (slug: string) => nameOf("team", slug);
  return (
    <MetricPanel
      title={`What does ${name} come to?`}
      note={
        values?.isPartial === true
          ? `${books}Provisional. Some costs are not known, so that it cost at least this.`
          : `${books}Provisional: benefit is what each merged pull request brought, cost what was paid and the hours of people.`
      }
    >
      {values !== null && currency !== null && (
        <MonthTable caption={`${name} by team`} values={values} currency={currency} teamName={teamName} />
      )}
      {adjustments.length > 0 && (
        <div className="mt-5 border-t pt-3">
          <h3 className="mb-1 text-sm font-medium">Posted of months that are closed</h3>
          <DataTable
            caption="Adjustments of closed months"
            rows={adjustments}
            rowKey={(one) => `${one.month} ${one.part} ${one.line}`}
            fold={FOLD}
            columns={[
              { id: "month", header: "Month", rowHeader: true, cell: (one) => monthName(one.month) },
              { id: "part", header: "Team", cell: ({ part }) => partName(part, teamName) },
              { id: "line", header: "Line", cell: ({ line }) => (line === "cost" ? "Cost" : "Benefit") },
              {
                id: "amount",
                header: "Amount",
                align: "right",
                cell: ({ minor }) => amountOf(minor, currency ?? "USD"),
              },
              {
                id: "why",
                header: "Why",
                className: "max-sm:hidden text-ink-3",
                cell: ({ causes }) => causes.map((cause) => CAUSE_WORDS[cause]).join("; "),
              },
            ]}
          />
        </div>
      )}
      {mayClose && (
        <div className="mt-4 grid gap-2">
          <FormAlert message={closing.error?.message ?? null} />
          <Button
            size="sm"
            className="w-fit"
            disabled={reason !== null || closing.isPending}
            onClick={() => closing.mutate(month)}
          >
            Close {name}
          </Button>
        </div>
      )}
    </MetricPanel>
  );
}
