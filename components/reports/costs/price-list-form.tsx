"use client";

import { useId, useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { useCostChange } from "@/components/query/use-cost-files";
import { Button } from "@/components/ui/button";
import type { UnpricedUsage } from "@/lib/core/cost-files";
import { fileText } from "@/lib/core/file-text";
import { formatList, formatQuantity } from "@/lib/core/format";
import { type ListedPrice, readPriceList } from "@/lib/core/price-list";

/** A list that was chosen: what it has of the tokens whose price is not known. */
interface ChosenList {
  fileName: string;
  found: { usage: UnpricedUsage; price: ListedPrice }[];
  lacking: string[];
}

/** Takes the prices of tokens that have none from a list such as models.dev gives, in dollars. */
export function PriceListForm({ unpriced }: { unpriced: readonly UnpricedUsage[] }) {
  const fileId = useId();
  const [list, setList] = useState<ChosenList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const change = useCostChange();
  const choose = async (file: File | undefined) => {
    setList(null);
    setProblem(null);
    change.reset();
    if (file === undefined) return;
    const prices = readPriceList(fileText(new Uint8Array(await file.arrayBuffer())));
    if (prices === null) {
      setProblem(`${file.name} is no list of prices such as models.dev gives: JSON of models with input and output.`);
      return;
    }
    const priced = unpriced.map((usage) => ({ usage, price: prices.get(usage.model.toLowerCase()) ?? null }));
    setList({
      fileName: file.name,
      found: priced.flatMap(({ price, usage }) => (price === null ? [] : [{ usage, price }])),
      lacking: priced.flatMap(({ price, usage }) => (price === null ? [usage.model] : [])),
    });
  };
  const enter = async ({ fileName, found }: ChosenList) => {
    for (const org of new Set(found.map(({ usage }) => usage.org))) {
      const own = found.filter(({ usage }) => usage.org === org);
      const first = own.filter(({ usage }, index) => own.findIndex((one) => isSameModel(one.usage, usage)) === index);
      await change.mutateAsync({
        url: "/api/v1/costs/token-prices/lists",
        method: "POST",
        body: {
          org,
          currency: "USD",
          why: `List price, ${fileName}`,
          prices: first.map(({ price, usage }) => ({ model: usage.model, validFrom: usage.firstDay, ...price })),
        },
      });
    }
  };
  return (
    <div className="mt-3 mb-5 grid justify-items-start gap-2">
      <label htmlFor={fileId} className="text-sm font-medium">
        Take them from a list of prices
      </label>
      <input
        id={fileId}
        type="file"
        accept=".json,application/json"
        className="block w-full text-sm file:mr-3 file:h-9 file:cursor-pointer file:rounded-md file:border file:border-line-control file:bg-panel file:px-3 file:text-sm"
        onChange={(event) => choose(event.target.files?.[0])}
      />
      <p className="text-note text-ink-3">
        JSON such as models.dev gives, in dollars per million tokens. Each price holds from the first day of the usage.
      </p>
      <FormAlert message={problem ?? change.error?.message ?? null} />
      {list !== null && (
        <>
          <p role="status" className="text-sm text-ink-2">
            {`It has the prices of ${formatQuantity(list.found.length, "model")}`}
            {list.lacking.length > 0 && `, and none of ${formatList(list.lacking)}`}.
          </p>
          {list.found.length > 0 && (
            <Button size="sm" disabled={change.isPending || change.isSuccess} onClick={() => enter(list)}>
              Enter them
            </Button>
          )}
        </>
      )}
    </div>
  );
}

const isSameModel = (a: UnpricedUsage, b: UnpricedUsage): boolean => a.model.toLowerCase() === b.model.toLowerCase();
