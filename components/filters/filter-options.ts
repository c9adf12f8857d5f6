import { AUTHOR_KIND_LABEL, AUTHOR_KINDS, CATEGORIES, CATEGORY_LABEL, UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import type { DimensionValues } from "@/lib/metrics/types";
import type { FilterDimension } from "./search-params";

/** An agent without doubt, but none that a rule could name. */
const UNKNOWN_AGENT = "unknown";

export interface FilterOption {
  value: string;
  label: string;
  /** Where the label alone could be taken for another's. */
  hint?: string;
}

/** How a filter is called: as a field, with nothing chosen, and for several values. */
export const FILTER_LABEL: Record<FilterDimension, { one: string; all: string; many: string }> = {
  org: { one: "Organisation", all: "All organisations", many: "organisations" },
  team: { one: "Team", all: "All teams", many: "teams" },
  repo: { one: "Repository", all: "All repositories", many: "repositories" },
  agent: { one: "Agent", all: "All agents", many: "agents" },
  authorKind: { one: "Written by", all: "Everyone", many: "kinds" },
  category: { one: "Task", all: "All tasks", many: "tasks" },
};

/** Every value that a filter can take, labelled, in reading order. */
export function filterOptions(dimension: FilterDimension, dimensions: DimensionValues): FilterOption[] {
  switch (dimension) {
    case "org":
      return dimensions.orgs.map((org) => ({
        value: org.slug,
        label: org.name,
        ...(org.isSample && { hint: "sample" }),
      }));
    case "team":
      return [
        ...dimensions.teams
          .filter((team) => team.value !== UNASSIGNED_TEAM)
          .map((team) => ({ value: team.value, label: team.name })),
        { value: UNASSIGNED_TEAM, label: "Unassigned" },
      ];
    case "repo": {
      const organisations = new Set(dimensions.repos.map((repo) => repo.org));
      return dimensions.repos.map((repo) => ({
        value: repo.value,
        label: repo.name,
        ...(organisations.size > 1 && { hint: repo.org }),
      }));
    }
    case "agent":
      return [
        ...dimensions.agents.map((agent) => ({ value: agent.value, label: agent.name })),
        { value: UNKNOWN_AGENT, label: "Unnamed agent" },
      ];
    case "authorKind":
      return AUTHOR_KINDS.map((kind) => ({ value: kind, label: AUTHOR_KIND_LABEL[kind] }));
    case "category":
      return CATEGORIES.map((category) => ({ value: category, label: CATEGORY_LABEL[category] }));
  }
}

/** What a chip says of its selection: the names while they fit, then a count. */
export function selectionLabel(
  dimension: FilterDimension,
  selected: readonly string[],
  options: FilterOption[],
): string {
  const label = FILTER_LABEL[dimension];
  if (selected.length === 0) return label.all;
  const names = selected.map((value) => options.find((option) => option.value === value)?.label ?? value);
  return names.length <= 2 ? names.join(", ") : `${names.length} ${label.many}`;
}
