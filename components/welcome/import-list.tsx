"use client";

import { useAfterDataChange } from "@/components/layout/use-after-data-change";
import { isActive, useImports } from "@/components/query/use-imports";
import { Button } from "@/components/ui/button";
import type { ImportItem } from "@/lib/settings/types";
import { outcomeSentences } from "./import-outcome";
import { OperationProgress } from "./operation-progress";

/** The imports that were started here, with what they found or why they failed. */
export function ImportList() {
  const { data, dataUpdatedAt } = useImports();
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-label="Imports" className="mt-4 border-t pt-3">
      <h3 className="text-note font-medium text-ink-3">Imports started here</h3>
      <ul className="divide-y">
        {data.items.map((item) => (
          <li key={item.id} className="py-2.5">
            <p className="font-medium [overflow-wrap:anywhere]">
              {item.result === null ? item.input.path : `${item.result.org}/${item.result.repo}`}
            </p>
            {isActive(item) ? (
              <OperationProgress
                label={`Import of ${item.input.path}`}
                step={item.step}
                done={item.done}
                total={item.total}
                at={dataUpdatedAt}
              />
            ) : (
              <Ended item={item} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ended({ item: { error, result } }: { item: ImportItem }) {
  const afterDataChange = useAfterDataChange();
  if (error !== null) return <p className="text-bad [overflow-wrap:anywhere]">Not imported: {error.message}</p>;
  if (result === null) return null;
  const repo = new URLSearchParams({ repo: `${result.org}/${result.repo}`, period: "all" });
  return (
    <>
      <p className="num text-ink-2">{outcomeSentences(result).join(" ")}</p>
      {result.warnings.map((warning) => (
        <p key={warning} className="text-note text-warn">
          {warning}
        </p>
      ))}
      <p className="mt-1.5 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => afterDataChange(`/overview?${repo}`)}>
          Open the Overview
        </Button>
        <Button size="sm" variant="outline" onClick={() => afterDataChange(`/data-health?${repo}`)}>
          Data health
        </Button>
      </p>
    </>
  );
}
