import type { Dimension } from "@/lib/core/dimensions";
import type { FactTable } from "@/lib/metrics/columns/table";
import type { MetricDefinition } from "@/lib/metrics/definitions/definition";
import type { Directory } from "@/lib/metrics/directory";
import type { Period } from "@/lib/metrics/period";
import type { Selection } from "@/lib/metrics/selection";

/** What a scan is about. */
export interface ScanInput {
  definitions: readonly MetricDefinition[];
  groupBy: readonly Dimension[];
  directory: Directory;
  selection: Selection;
  /** Tables of the selected organisations. */
  tables: readonly FactTable[];
  period: Period;
  /** Starts of the buckets, and the end of the last. */
  edges: readonly Date[];
}
