import type { MilestoneKind } from "@/lib/core/milestones";

/** What the sample company changed for everybody, and when. */
export const sampleMilestones: readonly { day: string; kind: MilestoneKind; title: string }[] = [
  { day: "2026-02-16", kind: "index", title: "Agents read an index of all code" },
  { day: "2026-06-01", kind: "model", title: "Agents moved to a newer model" },
  { day: "2026-08-24", kind: "template", title: "Issue template asks for acceptance criteria" },
];
