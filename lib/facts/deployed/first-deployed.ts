/** A production deployment that succeeded, and where on the line its commit stands; null: it is not on it. */
export interface LiveDeployment {
  id: string;
  at: Date;
  kind: "change" | "hotfix" | "rollback";
  service: string;
  environment: string;
  sha: string;
  /** Pull requests that its source names. */
  numbers: readonly number[];
  position: number | null;
}

/** A merged pull request; null: its commit is not on the line. */
export interface MergedPullRequest {
  number: number;
  mergedAt: Date;
  position: number | null;
}

export interface FirstDeployed {
  /** By number. */
  at: Map<number, Date>;
  /** What each deployment was the first to bring, by its id. */
  brought: Map<string, number[]>;
}

/** The pull requests of the line in its order. */
export const inLineOrder = (merged: readonly MergedPullRequest[]): { number: number; position: number }[] =>
  merged
    .flatMap(({ number, position }) => (position === null ? [] : { number, position }))
    .sort((a, b) => a.position - b.position);

/**
 * When each pull request was first deployed. A deployment brings what lies on the line between the furthest one before it and
 * its own commit. What the first one that is known brought cannot be told, unless the source names it; an older
 * commit that is deployed again brings nothing.
 * @param deployments in their order
 */
export function firstDeployed(
  deployments: readonly LiveDeployment[],
  merged: readonly MergedPullRequest[],
): FirstDeployed {
  const placed = inLineOrder(merged);
  const known = new Set(merged.map(({ number }) => number));
  const first: FirstDeployed = { at: new Map(), brought: new Map() };
  const bring = (number: number, { at, id }: LiveDeployment) => {
    if (first.at.has(number)) return;
    first.at.set(number, at);
    const brought = first.brought.get(id);
    if (brought === undefined) first.brought.set(id, [number]);
    else brought.push(number);
  };
  let next = 0;
  let reached: number | null = null;
  for (const deployment of deployments) {
    if (deployment.kind === "rollback") continue;
    const { numbers, position } = deployment;
    for (const number of numbers) if (known.has(number)) bring(number, deployment);
    if (position === null || (reached !== null && position <= reached)) continue;
    for (; next < placed.length && (placed[next]?.position ?? 0) <= position; next += 1) {
      if (reached !== null) bring(placed[next]?.number ?? 0, deployment);
    }
    reached = position;
  }
  return first;
}
