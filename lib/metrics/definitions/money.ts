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
