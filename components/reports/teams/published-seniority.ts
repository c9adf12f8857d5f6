import type { SeniorityTable } from "@/lib/metrics/people/types";

/** Where the figures below were published. */
export const PUBLISHED_SOURCE = "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI), 2025";

/** Published of agents and of people by seniority, as text: none of them is comparable enough to be drawn or coloured. */
export const PUBLISHED: Readonly<Record<SeniorityTable["arms"][number]["arm"], Readonly<Record<string, string>>>> = {
  agent: {
    per_member: "50–100",
    defect_density_90d: "2.1",
    security_density_90d: "0.4",
    merge_to_deploy: "5–15\u00a0m",
  },
  senior: {
    per_member: "8–12",
    defect_density_90d: "0.8",
    security_density_90d: "0.1",
    merge_to_deploy: "30–120\u00a0m",
  },
  mid: {
    per_member: "6–10",
    defect_density_90d: "1.5",
    security_density_90d: "0.3",
    merge_to_deploy: "45–180\u00a0m",
  },
  junior: {
    per_member: "3–6",
    defect_density_90d: "2.8",
    security_density_90d: "0.6",
    merge_to_deploy: "60–240\u00a0m",
  },
};
