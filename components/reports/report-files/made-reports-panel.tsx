import { DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { isBeingMade, useReports } from "@/components/query/use-reports";
import { OperationProgress } from "@/components/welcome/operation-progress";
import { formatBytes, formatDate } from "@/lib/core/format";
import type { ReportItem } from "@/lib/reports/types";

const FOLD = 8;
const TITLE = "Which did you have made?";

/** What the reader had made: how far each is, and the way to it. */
export function MadeReportsPanel() {
  const { data, dataUpdatedAt, error } = useReports();
  if (error !== null) return <ReportPanel title={TITLE}>{error.message}</ReportPanel>;
  const items = data?.items ?? [];
  if (items.length === 0) {
    return (
      <ReportPanel title={TITLE}>
        <p className="text-sm text-ink-2">
          {data === undefined ? "Asking…" : "None of the last seven days. Choose one above: it stands here at once."}
        </p>
      </ReportPanel>
    );
  }
  return (
    <ReportPanel title={TITLE}>
      <DataTable
        caption="Reports that were made"
        rows={items}
        rowKey={({ id }) => id}
        fold={FOLD}
        columns={[
          {
            id: "report",
            header: "Report",
            rowHeader: true,
            cell: (item) => (
              <>
                {item.file?.fileName ?? item.report}
                <span className="block text-note font-normal text-ink-3">{periodOf(item)}</span>
              </>
            ),
          },
          { id: "state", header: "State", cell: (item) => <State item={item} at={dataUpdatedAt} /> },
          {
            id: "asked",
            header: "Asked for",
            className: "max-md:hidden text-ink-3",
            cell: ({ createdAt }) => formatDate(createdAt, "UTC"),
          },
          {
            id: "size",
            header: "Size",
            align: "right",
            className: "max-md:hidden",
            cell: ({ file }) => (file === null ? "" : formatBytes(file.bytes)),
          },
        ]}
      />
    </ReportPanel>
  );
}

function periodOf({ query: { from, timeZone, to } }: ReportItem): string {
  if (typeof from !== "string" || typeof to !== "string") return "all that there is";
  const zone = typeof timeZone === "string" ? timeZone : "UTC";
  // A period ends with the moment before its last instant.
  return `${formatDate(from, zone)} to ${formatDate(new Date(Date.parse(to) - 1).toISOString(), zone)}`;
}

function State({ item, at }: { item: ReportItem; at: number }) {
  const { done, error, file, id, report, step, total } = item;
  if (isBeingMade(item)) return <OperationProgress label={report} step={step} done={done} total={total} at={at} />;
  if (error !== null) return <span className="whitespace-normal text-bad">{error}</span>;
  if (file === null) return <span className="text-ink-3">not kept any more</span>;
  return (
    <a
      href={`/api/v1/reports/${id}`}
      download
      aria-label={`Download ${file.fileName}`}
      title={`SHA-256 ${file.sha256}`}
      className="inline-flex min-h-6 items-center underline decoration-line-control underline-offset-4 hover:decoration-ink"
    >
      Download
    </a>
  );
}
