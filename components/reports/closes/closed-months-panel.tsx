import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { ProblemError } from "@/components/query/fetch-json";
import { useReopening } from "@/components/query/use-closes";
import { FiscalName } from "@/components/reports/fiscal-name";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatDate } from "@/lib/core/format";
import type { CloseItem } from "@/lib/metrics/closes/types";
import { amountOf, monthName, STATE_WORDS } from "./close-words";
import { MonthTable } from "./month-table";

/** Months that were closed, the latest first, each with what is frozen of it. */
export function ClosedMonthsPanel({
  org,
  items,
  mayReopen,
  timeZone,
  fiscalStart,
}: {
  org: string;
  items: readonly CloseItem[];
  mayReopen: boolean;
  timeZone: string;
  fiscalStart: number;
}) {
  const [shown, setShown] = useState<CloseItem | null>(null);
  const [reopened, setReopened] = useState<CloseItem | null>(null);
  const last = items[0];
  return (
    <MetricPanel
      title="Which months are closed?"
      note="What is frozen is worked out again whenever this is read, and must come to the same bytes."
    >
      <DataTable
        caption="Closed months"
        rows={items}
        rowKey={({ id }) => String(id)}
        columns={[
          {
            id: "month",
            header: "Month",
            rowHeader: true,
            cell: (item) => (
              <>
                <button
                  type="button"
                  className="inline-flex min-h-6 items-center underline decoration-line-control underline-offset-4 hover:decoration-ink"
                  onClick={() => setShown(item)}
                >
                  {monthName(item.month)}
                </button>
                <FiscalName month={item.month} fiscalStart={fiscalStart} />
              </>
            ),
          },
          {
            id: "state",
            header: "State",
            cell: ({ reopened: again, state }) => (
              <>
                {STATE_WORDS[state]}
                {again !== null && <span className="block text-note text-ink-3">{again.reason}</span>}
              </>
            ),
          },
          {
            id: "net",
            header: "Net",
            align: "right",
            cell: ({ currency, values }) => amountOf(values.total.net, currency),
          },
          {
            id: "posted",
            header: "Posted of months before",
            align: "right",
            className: "max-md:hidden",
            cell: ({ currency, values }) => amountOf(values.adjusted.net, currency),
          },
          {
            id: "by",
            header: "By",
            className: "max-md:hidden text-ink-3",
            cell: ({ at, by }) => `${by}, ${formatDate(at, timeZone)}`,
          },
          {
            id: "hash",
            header: "Hash",
            className: "max-sm:hidden",
            cell: ({ id, isIntact, sha256 }) => (
              <>
                <a
                  href={`/api/v1/roi/closes/${id}`}
                  className="inline-flex min-h-6 items-center font-mono text-note underline decoration-line-control underline-offset-4 hover:decoration-ink"
                >
                  {sha256.slice(0, 12)}
                </a>
                <span className={isIntact ? "block text-note text-ink-3" : "block text-note text-bad"}>
                  {isIntact ? "comes to the same" : "does not come to the same"}
                </span>
              </>
            ),
          },
          {
            id: "reopen",
            header: "Change",
            align: "right",
            cell: (item) =>
              mayReopen &&
              item.id === last?.id &&
              item.state !== "reopened" && (
                <Button variant="outline" size="sm" onClick={() => setReopened(item)}>
                  Open again
                </Button>
              ),
          },
        ]}
      />
      {shown !== null && <FrozenMonth item={shown} onClose={() => setShown(null)} />}
      {reopened !== null && <Reopening org={org} item={reopened} onClose={() => setReopened(null)} />}
    </MetricPanel>
  );
}

/** A month as it was frozen. */
function FrozenMonth({ item, onClose }: { item: CloseItem; onClose: () => void }) {
  const nameOf = useNameOf();
  const { currency, month, sha256, values, version } = item;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto sm:max-w-2xl">
        <DialogHeader>
          <DialogTitle>{monthName(month)} as it was frozen</DialogTitle>
          <DialogDescription className="break-all">
            Version {version}, {sha256}
          </DialogDescription>
        </DialogHeader>
        <MonthTable
          caption={`${monthName(month)} as it was frozen`}
          values={values}
          currency={currency}
          teamName={(slug) => nameOf("team", slug)}
        />
      </DialogContent>
    </Dialog>
  );
}

/** Asks why a month is opened again. */
function Reopening({ org, item, onClose }: { org: string; item: CloseItem; onClose: () => void }) {
  const reopening = useReopening(org);
  const { error } = reopening;
  const atReason = error instanceof ProblemError && error.pointer === "/reason" ? error.message : null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Open {monthName(item.month)} again</DialogTitle>
          <DialogDescription>
            What it was closed with stays to be seen, and it is closed as its next version. The reason is noted in the
            audit log.
          </DialogDescription>
        </DialogHeader>
        <SentForm
          label="Open a month again"
          onSend={({ reason = "" }) => reopening.mutate({ id: item.id, reason }, { onSuccess: onClose })}
        >
          <LabelledInput name="reason" label="Why" maxLength={500} required problem={atReason} />
          <FormAlert message={atReason === null ? (reopening.error?.message ?? null) : null} />
          <SubmitButton disabled={reopening.isPending} className="w-fit">
            Open again
          </SubmitButton>
        </SentForm>
      </DialogContent>
    </Dialog>
  );
}
