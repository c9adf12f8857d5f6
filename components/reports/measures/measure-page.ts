import { comparesKinds, type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";

/** A report about some metrics: which of them stand where. */
export interface MeasurePage {
  /** Key figures, in their order. */
  cards: readonly string[];
  /** Agents and people side by side. */
  sideBySide: readonly string[];
  /** Of these one is drawn over time; the first unless the address says otherwise. */
  trends: readonly [string, ...string[]];
  /** Columns of the tables by task, team, repository and agent. */
  columns: readonly string[];
}

/** What the tables are by, in their order. */
export const MEASURE_GROUPS = ["category", "team", "repo", "agent"] as const;
export type MeasureGroup = (typeof MEASURE_GROUPS)[number];

const narrowedTo = (scope: PageScope, kinds: NonNullable<PageScope["filters"]["authorKind"]>): PageScope =>
  comparesKinds(scope) ? { ...scope, filters: { ...scope.filters, authorKind: kinds } } : scope;

/** The same page, about agents where nobody chose who is counted. */
export const agentsIn = (scope: PageScope): PageScope => narrowedTo(scope, ["agent", "assisted"]);
export const peopleIn = (scope: PageScope): PageScope => narrowedTo(scope, ["human"]);

/** Everything that such a report asks for; the server prefetches the same requests that the view makes. */
export function measureRequests({ cards, columns, sideBySide }: MeasurePage, scope: PageScope) {
  const [agents, people] = [agentsIn(scope), peopleIn(scope)];
  const { grain } = scope.period;
  const by = (group: MeasureGroup) => requestOver(agents, { metrics: [...columns], groupBy: [group] });
  return {
    totals: requestOver(agents, { metrics: [...new Set([...cards, ...sideBySide])], groupBy: [], compare: true }),
    people: requestOver(people, { metrics: [...sideBySide], groupBy: [] }),
    course: requestOver(agents, { metrics: [...cards], groupBy: [], grain }),
    category: by("category"),
    team: by("team"),
    repo: by("repo"),
    agent: by("agent"),
  } satisfies Record<string, MetricsRequest>;
}

/** One metric over time, of agents and of people. */
export function measureTrendRequests(metric: string, scope: PageScope, grain: "week" | "month") {
  return {
    agents: requestOver(agentsIn(scope), { metrics: [metric], groupBy: [], grain }),
    people: requestOver(peopleIn(scope), { metrics: [metric], groupBy: [], grain }),
  };
}
