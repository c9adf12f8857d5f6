import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useClosing } from "@/components/query/use-closes";
import { SubmitButton } from "@/components/ui/submit-button";
import { monthName } from "./close-words";

/** Which month to begin with. */
export function FirstClosePanel({ org, months }: { org: string; months: readonly string[] }) {
  const closing = useClosing(org);
  return (
    <MetricPanel
      title="Where do closed months begin?"
      note="What a month came to, and everything that this was worked out from, is frozen under a hash. What becomes known later never changes it: the difference is posted in the month that is open then."
    >
      <SentForm
        label="First month"
        className="flex flex-wrap items-end gap-3"
        onSend={({ month = "" }) => closing.mutate(month)}
      >
        <label className="grid gap-1 text-sm font-medium">
          Month
          <select name="month" className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm font-normal">
            {months.map((month) => (
              <option key={month} value={month}>
                {monthName(month)}
              </option>
            ))}
          </select>
        </label>
        <SubmitButton disabled={closing.isPending}>Close it</SubmitButton>
      </SentForm>
      <FormAlert message={closing.error?.message ?? null} />
    </MetricPanel>
  );
}
