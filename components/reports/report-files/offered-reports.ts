import type { PageScope } from "@/components/filters/page-scope";
import { listParameters } from "@/components/query/list-parameters";
import { moneyRequest } from "@/components/reports/roi/roi-requests";
import type { Permission } from "@/lib/auth/types";
import type { ReportRequest } from "@/lib/reports/types";

/** A report that a page offers, in each of its forms. */
export interface OfferedReport {
  name: string;
  /** What it is for. */
  about: string;
  permission: Permission;
  forms: readonly { label: string; request: ReportRequest }[];
}

const FORM_LABEL = { xlsx: "XLSX", pdf: "PDF", csv: "CSV", json: "JSON" } as const;

const formsOf = (
  report: string,
  formats: readonly (keyof typeof FORM_LABEL)[],
  parameters: string,
): OfferedReport["forms"] =>
  formats.map((format) => ({
    label: FORM_LABEL[format],
    request: { report: `${report}.${format}`, query: Object.fromEntries(new URLSearchParams(parameters)) },
  }));

/** Every report of the period and the filters of a page. */
export function offeredReports(scope: PageScope): OfferedReport[] {
  const { filters, period } = scope;
  const money = listParameters(moneyRequest(scope));
  const cohort = { from: period.from, to: period.to, filters };
  const list = listParameters(cohort);
  return [
    {
      name: "Return on investment, for a board",
      about: "Two pages with charts: what agents bring and cost, how sure that is, and by team.",
      permission: "money:read",
      forms: formsOf("roi", ["pdf"], money),
    },
    {
      name: "Return on investment, with its calculation",
      about: "A workbook that goes on calculating, with every input, its source, the data and the reconciliation.",
      permission: "money:read",
      forms: formsOf("roi", ["xlsx", "json"], money),
    },
    {
      name: "Costs, line by line",
      about: "What was paid by day, team, agent and provider, as FOCUS 1.2.",
      permission: "money:read",
      forms: formsOf("focus", ["csv", "json"], money),
    },
    {
      name: "Pull requests",
      about: "Every merged pull request with who wrote it, what it was about, and what became of it.",
      permission: "exports:read",
      forms: formsOf("pull-requests", ["xlsx", "csv", "json"], list),
    },
    {
      name: "Rollbacks",
      about: "Everything that was taken back, with the evidence.",
      permission: "exports:read",
      forms: formsOf("rollbacks", ["xlsx", "csv", "json"], list),
    },
  ];
}
