import type { Dimension } from "@/lib/core/dimensions";

/** What is paid is of a team, or of nobody in particular; a pull request has no price of its own. */
export const MONEY_DIMENSIONS: Dimension[] = ["org", "team"];

/** What holds of every figure that the model gives. */
export const MODEL_CAVEATS: string[] = [
  "Worked out from what the period measured and what somebody said: the page ROI shows where each input comes from.",
  "Saved hours count by half where nobody says otherwise, hours that agents cost count in full.",
  "A group is a model of its own on its pooled figures: teams do not add up to the whole.",
  "Shown to finance and administrators.",
];

/** What holds of what a pull request cost. */
export const COST_CAVEATS: string[] = [
  "All that agents cost, also attempts that were not merged: what was paid for models, seats, infrastructure and training, and hours of review, rework, rollbacks and governance at their rates, and contracts as they were entered.",
  "Checks are shared by all merged pull requests; what is paid for something else is of agents alone.",
  "At least this, where a rate of hours has not been entered.",
  "By the day that it was paid for: what is billed in advance or in arrears moves between months.",
  "Shown to finance and administrators.",
];
