import { FileSpreadsheetIcon } from "lucide-react";
import { roiReportHref } from "@/components/query/export-href";
import type { MoneyRequest } from "@/lib/metrics/money/types";

const LINK =
  "inline-flex min-h-6 items-center gap-1.5 underline decoration-line-control underline-offset-4 hover:decoration-ink";

/** The page as files: a workbook whose cells go on calculating, and the same as data. */
export function ReportLinks({ request }: { request: MoneyRequest }) {
  return (
    <p className="num -mt-2 mb-5 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2 print:hidden">
      <a href={roiReportHref(request, "xlsx")} download className={LINK}>
        <FileSpreadsheetIcon aria-hidden="true" className="size-4" />
        Workbook that goes on calculating (XLSX)
      </a>
      <a href={roiReportHref(request, "pdf")} download className={LINK}>
        Two pages for a board (PDF)
      </a>
      <a href={roiReportHref(request, "json")} download className={LINK}>
        Model as data (JSON)
      </a>
    </p>
  );
}
