import type { SyncStatus, SyncTotal } from "@/lib/connections/types";
import { formatCount, formatQuantity } from "@/lib/core/format";

type Entity = SyncTotal["entity"];

export const ENTITY_LABEL: Readonly<Record<Entity, string>> = {
  pull_requests: "Pull requests of the last 90 days",
  history: "Default branches",
  codeowners: "Code owners",
  deployments: "Deployments",
  ci_runs: "Workflow runs",
  checks: "Checks of other programs",
  review_comments: "Review comments",
  issues: "Issues",
  releases: "Releases",
  security_alerts: "Security alerts",
  older_pull_requests: "Older pull requests",
  older_history: "Older history",
};

const ORDER = Object.keys(ENTITY_LABEL);

export interface TotalRow {
  entity: Entity;
  label: string;
  /** 0 to 1: repositories that were read once from end to end. */
  share: number;
  text: string;
}

/** How far each kind of thing is over all repositories, in the order in which they are read. */
export function prepareTotals(totals: readonly SyncTotal[]): TotalRow[] {
  return [...totals]
    .sort((a, b) => ORDER.indexOf(a.entity) - ORDER.indexOf(b.entity))
    .map(({ complete, done, entity, failed, repositories }) => ({
      entity,
      label: ENTITY_LABEL[entity],
      share: repositories === 0 ? 0 : complete / repositories,
      text: [
        ...(complete === repositories
          ? [repositories === 1 ? "The repository is read" : `All ${formatCount(repositories)} repositories are read`]
          : [
              `${formatCount(complete)} of ${formatQuantity(repositories, "repository", "repositories")}`,
              // A walk that follows counts from nothing again, so the number says something of the first one alone.
              `${formatCount(done)} read`,
            ]),
        ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
      ].join(", "),
    }));
}

/** Seconds until a walk is at its end at the pace it has; null while that cannot be said. */
export function secondsLeftOf({ done, rate, state, total }: SyncStatus): number | null {
  if (state !== "reading" || rate === null || rate <= 0 || total === null) return null;
  return Math.max(0, total - done) / rate;
}
