import { FormAlert } from "@/components/account/form-alert";
import { DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useReportRequest } from "@/components/query/use-reports";
import { Button } from "@/components/ui/button";
import { offeredReports } from "./offered-reports";

/** The reports that the reader may have, with a button for each form. */
export function OfferedReportsPanel({ scope }: { scope: PageScope }) {
  const { me } = useWorkspace();
  const asked = useReportRequest();
  const reports = offeredReports(scope).filter(({ permission }) => me.permissions.includes(permission));
  return (
    <ReportPanel title="What can be had?">
      <FormAlert message={asked.error?.message ?? null} />
      {asked.isSuccess && (
        <p role="status" className="mb-1 text-sm text-ink-2">
          It is being made, and stands below.
        </p>
      )}
      <DataTable
        caption="Reports that can be had"
        rows={reports}
        rowKey={({ name }) => name}
        columns={[
          {
            id: "name",
            header: "Report",
            rowHeader: true,
            cell: ({ about, name }) => (
              <span className="block whitespace-normal">
                {name}
                <span className="block text-note font-normal text-ink-3">{about}</span>
              </span>
            ),
          },
          {
            id: "forms",
            header: "Make it",
            align: "right",
            cell: ({ forms, name }) => (
              <span className="flex flex-wrap justify-end gap-2">
                {forms.map(({ label, request }) => (
                  <Button
                    key={label}
                    variant="outline"
                    size="sm"
                    disabled={asked.isPending}
                    aria-label={`${name} as ${label}`}
                    onClick={() => asked.mutate(request)}
                  >
                    {label}
                  </Button>
                ))}
              </span>
            ),
          },
        ]}
      />
    </ReportPanel>
  );
}
