/** The room of a drawn chart: what stands in for one until its code is there has exactly the same. */
export const CHART_SPACE = "min-h-64 w-full flex-1";
