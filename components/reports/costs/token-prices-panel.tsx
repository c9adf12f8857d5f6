"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { ProblemError } from "@/components/query/fetch-json";
import { useCostChange, useTokenPrices } from "@/components/query/use-cost-files";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { TOKEN_FIELDS, type TokenPrice, type UnpricedUsage } from "@/lib/core/cost-files";
import { formatCount, formatDate, formatDateRange } from "@/lib/core/format";
import { PriceListForm } from "./price-list-form";

const FOLD = 8;
const noon = (day: string) => `${day}T12:00:00Z`;

const FIELDS = { input: "Input", output: "Output", cacheRead: "Cache, read", cacheWrite: "Cache, written" } as const;

/** What a price is entered for. */
interface Priced {
  org: string;
  model: string;
  validFrom: string;
  currency: string;
}

/** What tokens cost by model and day, and those that nobody knows the price of; nothing where no file tells of tokens. */
export function TokenPricesPanel() {
  const { data } = useTokenPrices();
  const [priced, setPriced] = useState<Priced | null>(null);
  if (data === undefined || (data.items.length === 0 && data.unpriced.length === 0)) return null;
  const currency = data.items[0]?.currency ?? "USD";
  return (
    <MetricPanel
      title="What do tokens cost?"
      note="Per million, from a day on. Tokens without a price are in no estimate: unknown is not nothing."
      className="mt-4"
    >
      {data.unpriced.length > 0 && (
        <DataTable
          caption="Tokens without a price"
          rows={data.unpriced}
          rowKey={({ model, org, provider }) => `${org} ${provider} ${model}`}
          fold={FOLD}
          columns={[
            {
              id: "model",
              header: "No price is known for",
              rowHeader: true,
              cell: ({ model, provider }: UnpricedUsage) => (
                <>
                  {model} <span className="text-note font-normal text-ink-3">{provider}</span>
                </>
              ),
            },
            {
              id: "days",
              header: "Days",
              className: "max-md:hidden",
              cell: ({ firstDay, lastDay }) => formatDateRange(noon(firstDay), noon(lastDay), "UTC"),
            },
            {
              id: "tokens",
              header: "Tokens",
              align: "right",
              cell: ({ tokens }) => formatCount(TOKEN_FIELDS.reduce((sum, field) => sum + Number(tokens[field]), 0)),
            },
            {
              id: "enter",
              header: "Price",
              align: "right",
              cell: ({ firstDay, model, org }) => (
                <Button
                  variant="outline"
                  size="sm"
                  aria-label={`Enter the price of ${model}`}
                  onClick={() => setPriced({ org, model, validFrom: firstDay, currency })}
                >
                  Enter
                </Button>
              ),
            },
          ]}
        />
      )}
      {data.unpriced.length > 0 && <PriceListForm unpriced={data.unpriced} />}
      {data.items.length > 0 && (
        <DataTable
          caption="Prices of tokens"
          rows={data.items}
          rowKey={({ at, model, validFrom }) => `${at} ${model} ${validFrom}`}
          fold={FOLD}
          columns={[
            { id: "model", header: "Model", rowHeader: true, cell: ({ model }: TokenPrice) => model },
            { id: "from", header: "From", cell: ({ validFrom }) => formatDate(noon(validFrom), "UTC") },
            ...TOKEN_FIELDS.map((field) => ({
              id: field,
              header: FIELDS[field],
              align: "right" as const,
              className: field === "input" || field === "output" ? "" : "max-md:hidden",
              cell: (price: TokenPrice) =>
                price[field] === null
                  ? price.input === null
                    ? "taken back"
                    : "–"
                  : `${price[field]} ${price.currency}`,
            })),
            {
              id: "why",
              header: "Where from",
              className: "max-lg:hidden text-ink-3",
              cell: ({ by, why }) => `${why}; ${by}`,
            },
            {
              id: "change",
              header: "Change",
              align: "right",
              cell: ({ currency: of, model, org, validFrom }) => (
                <Button
                  variant="outline"
                  size="sm"
                  aria-label={`Change the price of ${model} from ${validFrom}`}
                  onClick={() => setPriced({ org, model, validFrom, currency: of })}
                >
                  Change
                </Button>
              ),
            },
          ]}
        />
      )}
      {priced !== null && <PriceDialog priced={priced} onClose={() => setPriced(null)} />}
    </MetricPanel>
  );
}

function PriceDialog({
  priced: { currency, model, org, validFrom },
  onClose,
}: {
  priced: Priced;
  onClose: () => void;
}) {
  const change = useCostChange();
  const problem = change.error instanceof ProblemError ? change.error : null;
  const problemOf = (field: string) => (problem?.pointer === `/${field}` ? problem.message : null);
  const known = [...Object.keys(FIELDS), "validFrom", "currency", "why"].some((field) => problemOf(field) !== null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
        <DialogHeader>
          <DialogTitle>What a million tokens of {model} cost</DialogTitle>
          <DialogDescription>
            What was used from that day on is estimated anew. Leave input and output empty to take back what was said of
            the day.
          </DialogDescription>
        </DialogHeader>
        <SentForm
          label="Price"
          className="grid gap-4"
          onSend={(texts) => {
            const price = (field: string) => (texts[field] ?? "").trim().replace(",", ".") || null;
            const prices = Object.fromEntries(Object.keys(FIELDS).map((field) => [field, price(field)]));
            const { currency: into = "", validFrom: from = "", why = "" } = texts;
            const body = { org, model, validFrom: from, currency: into.trim().toUpperCase(), why, ...prices };
            change.mutate({ url: "/api/v1/costs/token-prices", method: "PUT", body }, { onSuccess: onClose });
          }}
        >
          <LabelledInput
            name="why"
            label="Where it comes from"
            placeholder="List price of the provider"
            maxLength={500}
            required
            problem={problemOf("why")}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <LabelledInput
              type="date"
              name="validFrom"
              label="Holds from"
              defaultValue={validFrom}
              required
              problem={problemOf("validFrom")}
            />
            <LabelledInput
              name="currency"
              label="Currency"
              maxLength={3}
              defaultValue={currency}
              required
              problem={problemOf("currency")}
            />
            {Object.entries(FIELDS).map(([field, label]) => (
              <LabelledInput
                key={field}
                name={field}
                label={label}
                inputMode="decimal"
                required={field === "input" || field === "output"}
                problem={problemOf(field)}
              />
            ))}
          </div>
          <FormAlert message={known ? null : (change.error?.message ?? null)} />
          <SubmitButton disabled={change.isPending} className="w-fit">
            Save
          </SubmitButton>
        </SentForm>
      </DialogContent>
    </Dialog>
  );
}
