"use client";

import { FormAlert } from "@/components/account/form-alert";
import { DataTable } from "@/components/data-table/data-table";
import { useCostImports, useCostTakingBack } from "@/components/query/use-cost-files";
import { Button } from "@/components/ui/button";
import type { CostImport } from "@/lib/core/cost-files";
import { formatDateRange, formatDateTime, formatQuantity } from "@/lib/core/format";

const FOLD = 8;
const noon = (day: string) => `${day}T12:00:00Z`;

/** Files that were entered, with the way to take one back. */
export function CostImportList() {
  const { data: items } = useCostImports();
  const takingBack = useCostTakingBack();
  if (items === undefined || items.length === 0) return null;
  return (
    <div className="mt-5 border-t pt-3">
      <h3 className="mb-1 text-sm font-medium">Entered before</h3>
      <FormAlert message={takingBack.error?.message ?? null} />
      <DataTable
        caption="Bills that were entered"
        rows={items}
        rowKey={({ id }) => String(id)}
        fold={FOLD}
        columns={[
          {
            id: "source",
            header: "Whose bill",
            rowHeader: true,
            cell: ({ fileName, source }: CostImport) => (
              <>
                {source} <span className="block text-note font-normal text-ink-3">{fileName}</span>
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
            id: "what",
            header: "What was posted",
            cell: ({ isTakingBack, posted }) =>
              `${formatQuantity(posted, "entry", "entries")}${isTakingBack ? ", taking it back" : ""}`,
          },
          {
            id: "by",
            header: "By",
            className: "max-md:hidden text-ink-3",
            cell: ({ at, by }) => `${by}, ${formatDateTime(at, "UTC")}`,
          },
          {
            id: "back",
            header: "Undo",
            align: "right",
            cell: ({ fileName, id, isTakingBack }) =>
              !isTakingBack && (
                <Button
                  variant="outline"
                  size="sm"
                  disabled={takingBack.isPending}
                  aria-label={`Take back ${fileName}`}
                  onClick={() => takingBack.mutate(id)}
                >
                  Take back
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}
