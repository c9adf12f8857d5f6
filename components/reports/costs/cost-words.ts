import type { CostItemName, GroupModel } from "@/lib/metrics/money/types";

/** What is paid for, in the order in which it is told. */
export const COST_ITEM_LABEL: Readonly<Record<CostItemName, string>> = {
  api: "Models",
  seats: "Seats",
  ci: "Checks",
  infrastructure: "Infrastructure",
  training: "Training",
};
export const COST_ITEM_NAMES = Object.keys(COST_ITEM_LABEL) as CostItemName[];

type Hours = NonNullable<GroupModel["spending"]>["hours"];

/** What hours of people go to. */
export const HOURS_LABEL: Readonly<Record<keyof Hours, string>> = {
  review: "Review",
  rework: "Rework",
  rollback: "Rollbacks",
  governance: "Governance",
};
