/** What somebody asks for: a report by its name, and what it is asked as parameters of a URL. */
export interface ReportRequest {
  /** Such as `roi.xlsx`. */
  report: string;
  query: Record<string, string | string[]>;
}

/** A report that is whole. */
export interface MadeReport {
  fileName: string;
  bytes: number;
  sha256: string;
}

/** A report that somebody asked for, and how far it is. */
export interface ReportItem {
  id: string;
  report: string;
  query: ReportRequest["query"];
  state: "queued" | "running" | "done" | "failed";
  step: string;
  done: number;
  total: number | null;
  /** null until it is whole, and when it was deleted. */
  file: MadeReport | null;
  error: string | null;
  createdAt: string;
}
