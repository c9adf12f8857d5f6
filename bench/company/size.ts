import { AppError } from "@/lib/core/errors";

/** How large an invented company is. Every number comes out exactly as it is set here. */
export interface CompanySize {
  seed: number;
  teams: number;
  repositories: number;
  people: number;
  /** Merged and closed together. */
  pullRequests: number;
  /** Of them closed without a merge. */
  closed: number;
  /** Of the merged ones those that take another one back; each names a target of its own. */
  reverts: number;
  reviews: number;
  ciRuns: number;
  deployments: number;
  /** Of the deployments those that bring an older version back. */
  rollbackDeployments: number;
  incidents: number;
  defects: number;
  costs: number;
}

/** What a command line may choose. */
export interface SizeOptions {
  size?: string;
  seed?: number;
  teams?: number;
  repositories?: number;
  people?: number;
  reviews?: number;
  ciRuns?: number;
  deployments?: number;
  incidents?: number;
  defects?: number;
  costs?: number;
  /** No reviews, checks, deployments, defects and costs. */
  pullRequestsOnly?: boolean;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1_000, m: 1_000_000 };

/** Reads `2000`, `100k`, `1m` or `1.5m`. @throws {AppError} `bad_request` */
export function parseCount(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text) ?? [];
  const count = Number(digits) * (UNITS[unit?.toLowerCase() ?? ""] ?? Number.NaN);
  if (digits === undefined || !Number.isSafeInteger(count)) {
    throw new AppError({ code: "bad_request", message: `"${text}" is not a size: write 2000, 100k or 1m.` });
  }
  return count;
}

/** Shares of a company of a million pull requests: 88 % merged, 120,000 rollbacks, six thousand of them by deployment. */
const PER_PULL_REQUEST = {
  closed: 0.12,
  rollbacks: 0.12,
  reviews: 3,
  ciRuns: 4,
  deployments: 0.2,
  incidents: 0.01,
  defects: 0.3,
  costs: 10,
} as const;
const ROLLBACK_SHARE_OF_DEPLOYMENTS = 0.03;

/** The company of a command line; what is not chosen grows with the number of pull requests. */
export function resolveSize(options: SizeOptions): CompanySize {
  const pullRequests = parseCount(options.size ?? "1m");
  const around = (chosen: number | undefined, share: number): number =>
    chosen ?? (options.pullRequestsOnly === true ? 0 : Math.round(pullRequests * share));
  const deployments = around(options.deployments, PER_PULL_REQUEST.deployments);
  const rollbackDeployments = Math.round(deployments * ROLLBACK_SHARE_OF_DEPLOYMENTS);
  // Reverts make up what the deployments of a whole company do not, whether deployments are loaded or not.
  const byDeployment = Math.round(pullRequests * PER_PULL_REQUEST.deployments * ROLLBACK_SHARE_OF_DEPLOYMENTS);
  return {
    seed: options.seed ?? 20_260_701,
    teams: options.teams ?? 40,
    repositories: options.repositories ?? 400,
    people: options.people ?? 3_000,
    pullRequests,
    closed: Math.round(pullRequests * PER_PULL_REQUEST.closed),
    reverts: Math.round(pullRequests * PER_PULL_REQUEST.rollbacks) - byDeployment,
    reviews: around(options.reviews, PER_PULL_REQUEST.reviews),
    ciRuns: around(options.ciRuns, PER_PULL_REQUEST.ciRuns),
    deployments,
    rollbackDeployments,
    incidents: around(options.incidents, PER_PULL_REQUEST.incidents),
    defects: around(options.defects, PER_PULL_REQUEST.defects),
    costs: around(options.costs, PER_PULL_REQUEST.costs),
  };
}

/** Splits a whole number in proportion to weights; the parts add up to it exactly. */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  let given = 0;
  let passed = 0;
  return weights.map((weight) => {
    passed += weight;
    const upTo = sum === 0 ? 0 : Math.round((total * passed) / sum);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
