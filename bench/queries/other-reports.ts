import type { Scope } from "@/lib/auth/scope";
import { readDataHealth } from "@/lib/metrics/explorer/data-health";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { dataHealthSchema } from "@/lib/metrics/list-schema";
import { runRollbackComparison } from "@/lib/metrics/rollback-comparison";
import { runRollbackCurve } from "@/lib/metrics/rollback-curve";
import { cohortQuerySchema, comparisonQuerySchema } from "@/lib/metrics/schema";
import type { QueryPeriod } from "./cases";
import type { Question } from "./measure";

/** What pages ask for besides metrics and lists. */
export function otherReports(scope: Scope, period: QueryPeriod): Question[] {
  const curve = (groupBy: string[]) => runRollbackCurve(scope, cohortQuerySchema.parse({ ...period, groupBy }));
  return [
    { name: "rollback curve", run: () => curve([]) },
    { name: "rollback curve by agent", run: () => curve(["agent"]) },
    { name: "rollback comparison", run: () => runRollbackComparison(scope, comparisonQuerySchema.parse(period)) },
    { name: "values of the filters", run: () => readDimensionValues(scope) },
    { name: "data health", run: () => readDataHealth(scope, dataHealthSchema.parse({})) },
  ];
}
