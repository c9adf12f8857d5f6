"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { DataTable } from "@/components/data-table/data-table";
import { useWorkspace } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoney, formatMonth } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CostReport, ExchangedMonth } from "@/lib/metrics/money/types";

const FOLD = 13;

const amountOf = (minor: string, currency: string) => formatMoney(toMajor(minor, currency).toNumber(), currency);
const monthName = (month: string) => formatMonth(`${month}-15T12:00:00Z`, "UTC");

/** Months of one organisation and currency: what one form is about. */
const pairsOf = (exchanged: readonly ExchangedMonth[]): ExchangedMonth[] =>
  exchanged.filter(
    (one, index) =>
      exchanged.findIndex(
        ({ currency, into, org }) => org === one.org && currency === one.currency && into === one.into,
      ) === index,
  );

/** What was paid in other currencies, and what that was worth; nothing where all is in one. */
export function ExchangePanel({ costs: { currencies, exchanged } }: { costs: CostReport }) {
  const { me } = useWorkspace();
  const [edited, setEdited] = useState<ExchangedMonth | null>(null);
  if (exchanged.length === 0 && currencies.length < 2) return null;
  const lacking = exchanged.filter(({ rate }) => rate === null).length;
  return (
    <MetricPanel
      title="What are other currencies worth?"
      note={
        exchanged.length === 0
          ? "Amounts in several currencies have no sum. Say on the page ROI, with what is assumed, in which currency you plan: then their worth in it can be entered here, month by month."
          : `Each line is converted at the rate of its month and rounded once; what was paid stays as it was.${lacking === 0 ? "" : " Without a rate an amount stays in its own currency, and the model of all waits for it."}`
      }
      file={() => [
        ["organisation", "month", "currency", "paid", "rate", "into", "converted"],
        ...exchanged.map(({ converted, currency, into, minor, month, org, rate }) => [
          org,
          month,
          currency,
          toMajor(minor, currency).toNumber(),
          rate === null ? null : Number(rate),
          into,
          converted === null ? null : toMajor(converted, into).toNumber(),
        ]),
      ]}
    >
      {exchanged.length > 0 && (
        <DataTable
          caption="What was paid in other currencies"
          rows={exchanged}
          rowKey={({ currency, month, org }) => `${org} ${month} ${currency}`}
          fold={FOLD}
          columns={[
            { id: "month", header: "Month", rowHeader: true, cell: ({ month }) => monthName(month) },
            { id: "paid", header: "Paid", align: "right", cell: ({ currency, minor }) => amountOf(minor, currency) },
            {
              id: "rate",
              header: "Rate",
              align: "right",
              cell: ({ currency, into, rate, said }) =>
                rate === null ? (
                  <span className="text-bad">not entered</span>
                ) : (
                  <span
                    title={said === null ? "" : `${said.why}; ${said.by}`}
                  >{`1 ${currency} = ${rate} ${into}`}</span>
                ),
            },
            {
              id: "worth",
              header: "Counted as",
              align: "right",
              cell: ({ converted, into }) => (converted === null ? "–" : amountOf(converted, into)),
            },
          ]}
        />
      )}
      {me.permissions.includes("money:write") && (
        <div className="mt-3 flex flex-wrap gap-2">
          {pairsOf(exchanged).map((pair) => (
            <Button
              key={`${pair.org} ${pair.currency}`}
              variant="outline"
              size="sm"
              onClick={() => setEdited(pair)}
            >{`Enter rates of ${pair.currency}`}</Button>
          ))}
        </div>
      )}
      {edited !== null && (
        <RatesDialog
          months={exchanged.filter(({ currency, org }) => org === edited.org && currency === edited.currency)}
          pair={edited}
          onClose={() => setEdited(null)}
        />
      )}
    </MetricPanel>
  );
}

/** The rates of one currency, month by month. */
function RatesDialog({
  pair: { currency, into, org },
  months,
  onClose,
}: {
  pair: ExchangedMonth;
  months: readonly ExchangedMonth[];
  onClose: () => void;
}) {
  const change = useChange([["costs"], ["roi-models"], ["metrics"]]);
  const [sent, setSent] = useState<string[]>([]);
  const problem = change.error instanceof ProblemError ? change.error : null;
  const wrong = /^\/rates\/(\d+)\//.exec(problem?.pointer ?? "");
  const wrongMonth = wrong === null ? null : (sent[Number(wrong[1])] ?? null);
  const isWhy = problem?.pointer === "/why";
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
        <DialogHeader>
          <DialogTitle>
            What {currency} was worth in {into}
          </DialogTitle>
          <DialogDescription>
            The average of each month, as your books have it. An emptied field takes back what was said; only what you
            change is noted.
          </DialogDescription>
        </DialogHeader>
        <SentForm
          label="Exchange rates"
          className="grid gap-4"
          onSend={({ why = "", ...texts }) => {
            const rates = months.flatMap(({ month, rate }) => {
              const text = (texts[month] ?? "").trim().replace(",", ".");
              return text === (rate ?? "") ? [] : [{ month, rate: text === "" ? null : text }];
            });
            if (rates.length === 0) return onClose();
            setSent(rates.map(({ month }) => month));
            change.mutate(
              { url: "/api/v1/roi/exchange-rates", method: "PUT", body: { org, currency, why, rates } },
              { onSuccess: onClose },
            );
          }}
        >
          <LabelledInput
            name="why"
            label="Where they come from"
            placeholder="European Central Bank, monthly average"
            maxLength={500}
            required
            problem={isWhy ? (problem?.message ?? null) : null}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            {months.map(({ month, rate }) => (
              <LabelledInput
                key={month}
                name={month}
                label={`${monthName(month)}: 1 ${currency} in ${into}`}
                inputMode="decimal"
                defaultValue={rate ?? ""}
                problem={wrongMonth === month ? (problem?.message ?? null) : null}
              />
            ))}
          </div>
          <FormAlert message={wrongMonth === null && !isWhy ? (change.error?.message ?? null) : null} />
          <SubmitButton disabled={change.isPending} className="w-fit">
            Save
          </SubmitButton>
        </SentForm>
      </DialogContent>
    </Dialog>
  );
}
