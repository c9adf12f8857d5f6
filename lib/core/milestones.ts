/** What a company may change about how its agents work. */
export const MILESTONE_KINDS = ["template", "instructions", "index", "model", "agent", "policy", "other"] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];
export const MILESTONE_LABEL: Readonly<Record<MilestoneKind, string>> = {
  template: "Issue template",
  instructions: "Instructions",
  index: "Code index",
  model: "Model",
  agent: "Agent",
  policy: "Rule or policy",
  other: "Something else",
};
