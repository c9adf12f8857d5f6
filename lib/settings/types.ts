import type { z } from "zod";
import type {
  assignOwnerSchema,
  importItemSchema,
  importOutcomeSchema,
  importRequestSchema,
  milestoneSchema,
  retentionSchema,
  rulePreviewSchema,
  rulePreviewStateSchema,
  rulesSchema,
  sampleStatusSchema,
  savedViewSchema,
} from "./schema";

export type ImportRequest = z.infer<typeof importRequestSchema>;
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;
export type ImportItem = z.infer<typeof importItemSchema>;
export type SampleStatus = z.infer<typeof sampleStatusSchema>;
export type AssignOwnerRequest = z.input<typeof assignOwnerSchema>;
/** For how many days each kind of data is kept; null for ever. */
export type Retention = z.infer<typeof retentionSchema>;

/** A day on which something about how agents work was changed. */
export type Milestone = z.infer<typeof milestoneSchema>;

/** A page with its period and filters, by the name that somebody gave it. */
export type SavedView = z.infer<typeof savedViewSchema>;

/** An organisation’s own rules, with all versions of them. */
export type Rules = z.infer<typeof rulesSchema>;
export type RuleVersion = Rules["versions"][number];

/** What other rules would change, and how far working it out is. */
export type RulePreview = z.infer<typeof rulePreviewSchema>;
export type RulePreviewState = z.infer<typeof rulePreviewStateSchema>;
/** What of a pull request the rules say. */
export type RuleAspect = RulePreview["moves"][number]["aspect"];

/** One version of a plan that was kept: every input of the model, as decimal text. */
export interface RoiScenario {
  id: number;
  org: string;
  /** null: of the whole organisation. */
  team: string | null;
  name: string;
  version: number;
  currency: string;
  inputs: Record<string, string>;
  why: string;
  by: string;
  at: string;
  /** It is offered no more; an address that names it still shows it. */
  isRemoved: boolean;
}
