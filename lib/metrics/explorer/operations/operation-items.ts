import type { Scope } from "@/lib/auth/scope";
import { query } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { operationNumber } from "@/lib/metrics/columns/read-operations";
import type { Directory } from "@/lib/metrics/directory";
import { DirectoryNames } from "@/lib/metrics/directory-names";
import { pullRequestId } from "@/lib/metrics/explorer/pull-request-item";
import type { OperationItem } from "@/lib/metrics/explorer/types";
import { type Failure, type Outcome, outcomesOf } from "@/lib/metrics/operations/deployment-outcomes";
import { type Incident, milliseconds, readOperationFacts } from "@/lib/metrics/operations/read-operation-facts";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import type { OperationRow } from "./operation-rows";

/** Pull requests of one deployment that are named; how many there are is said besides. */
const MOST_NAMED = 20;

type Told = { outcome: Outcome } | { incident: Incident };
const keyOf = ({ number, repoId }: Pick<OperationRow, "number" | "repoId">) => `${repoId} ${number}`;

/** What the rows of a page are about, by their keys. */
async function readTold(orgId: number, repoIds: readonly number[]): Promise<Map<string, Told>> {
  const { caused, deployments, incidents } = await readOperationFacts(getReadPool(), orgId, repoIds);
  const told = new Map<string, Told>();
  for (const outcome of outcomesOf(deployments, caused)) {
    const { id, kind, repoId } = outcome.deployment;
    told.set(keyOf({ repoId, number: operationNumber({ id, subject: kind }) }), { outcome });
    if (outcome.failure === null) continue;
    told.set(keyOf({ repoId, number: operationNumber({ id, subject: "failure" }) }), { outcome });
  }
  for (const incident of incidents) {
    const number = operationNumber({ id: incident.id, subject: "incident" });
    told.set(keyOf({ repoId: incident.repoId, number }), { incident });
  }
  return told;
}

interface PullRequestKey {
  repoId: number;
  number: number;
}

/** The pull requests that deployments were the first to bring, and when that was. */
async function readBrought(orgId: number, outcomes: readonly Outcome[]): Promise<(PullRequestKey & { at: number })[]> {
  if (outcomes.length === 0) return [];
  const instants = outcomes.map(({ deployment }) => deployment.at);
  const repoIds = [...new Set(outcomes.map(({ deployment }) => deployment.repoId))];
  return query(
    sql`select repo_id as "repoId", number, ${milliseconds(sql`deployed_at`)} as at from fact_pull_request_deployment
      where org_id = ${orgId} and repo_id = any(${repoIds}::integer[])
        and deployed_at >= ${new Date(Math.min(...instants))} and deployed_at < ${new Date(Math.max(...instants) + 1)}
      order by number`,
    getReadPool(),
  );
}

/** Those of some pull requests that the scope sees. */
async function seenOf<Key extends PullRequestKey>(scope: Scope, orgId: number, some: readonly Key[]): Promise<Key[]> {
  if (some.length === 0) return [];
  const rows = await queryScoped<PullRequestKey>(
    scope,
    sql`select f.repo_id as "repoId", f.number from fact_pull_request f
      join unnest(${some.map(({ repoId }) => repoId)}::integer[], ${some.map(({ number }) => number)}::integer[])
        as wanted (repo_id, number) on f.repo_id = wanted.repo_id and f.number = wanted.number
      where f.org_id = ${orgId}`,
  );
  const seen = new Set(rows.map(keyOf));
  return some.filter((one) => seen.has(keyOf(one)));
}

const instant = (at: number): string => new Date(at).toISOString();
const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at));

type Place = Pick<OperationItem, "org" | "repo" | "isSample">;
type Links = Pick<OperationItem, "pullRequests" | "pullRequestCount">;

function linksTo(pullRequests: readonly PullRequestKey[]): Links {
  return {
    pullRequests: pullRequests
      .slice(0, MOST_NAMED)
      .map(({ number, repoId }) => ({ id: pullRequestId(repoId, number), number })),
    pullRequestCount: pullRequests.length,
  };
}

const failureItem = ({ incidents, restoredAt, rolledBackAt, startedAt }: Failure): OperationItem["failure"] => ({
  startedAt: instant(startedAt),
  restoredAt: instantOrNull(restoredAt),
  incidents,
  rolledBackAt: instantOrNull(rolledBackAt),
});

function deploymentItem({ deployment, failure }: Outcome, place: Place, links: Links): OperationItem {
  const { at, id, kind, service, sha, succeeded } = deployment;
  return {
    id,
    ...place,
    kind,
    name: sha,
    service,
    at: instant(at),
    succeeded,
    failure: failure === null ? null : failureItem(failure),
    resolvedAt: null,
    ...links,
  };
}

function incidentItem({ id, name, openedAt, resolvedAt }: Incident, place: Place, links: Links): OperationItem {
  return {
    id,
    ...place,
    kind: "incident",
    name,
    service: null,
    at: instant(openedAt),
    succeeded: null,
    failure: null,
    resolvedAt: instantOrNull(resolvedAt),
    ...links,
  };
}

/** What rows of one organisation are about, by their keys; one that is gone by now is left out. */
async function readItemsOf(
  scope: Scope,
  orgId: number,
  rows: readonly OperationRow[],
  placeOf: (row: OperationRow) => Place,
): Promise<Map<OperationRow, OperationItem>> {
  const told = await readTold(orgId, [...new Set(rows.map(({ repoId }) => repoId))]);
  const about = rows.flatMap((row) => {
    const found = told.get(keyOf(row));
    return found === undefined ? [] : [{ row, found }];
  });
  const brought = await seenOf(
    scope,
    orgId,
    await readBrought(
      orgId,
      about.flatMap(({ found }) => ("outcome" in found ? found.outcome : [])),
    ),
  );
  const causes = await seenOf(
    scope,
    orgId,
    about.flatMap(({ found }) =>
      "incident" in found && found.incident.causedByNumber !== null
        ? { repoId: found.incident.repoId, number: found.incident.causedByNumber }
        : [],
    ),
  );
  return new Map(
    about.map(({ found, row }) => {
      const place = placeOf(row);
      if ("incident" in found) {
        const { causedByNumber, repoId } = found.incident;
        const own = causes.filter((one) => one.repoId === repoId && one.number === causedByNumber).slice(0, 1);
        return [row, incidentItem(found.incident, place, linksTo(own))];
      }
      const { at, repoId } = found.outcome.deployment;
      const own = brought.filter((one) => one.repoId === repoId && one.at === at);
      return [row, deploymentItem(found.outcome, place, linksTo(own))];
    }),
  );
}

/** Reads what the rows of a page are about, in their order. */
export async function readOperationItems(
  scope: Scope,
  directory: Directory,
  rows: readonly OperationRow[],
): Promise<OperationItem[]> {
  const names = new DirectoryNames(directory);
  const samples = new Set(directory.orgs.flatMap(({ id, isSample }) => (isSample ? id : [])));
  const placeOf = ({ orgId, repoId }: OperationRow): Place => ({
    org: names.org(orgId),
    repo: names.repo(repoId),
    isSample: samples.has(orgId),
  });
  const items = new Map<OperationRow, OperationItem>();
  for (const orgId of new Set(rows.map((row) => row.orgId))) {
    const own = rows.filter((row) => row.orgId === orgId);
    for (const [row, item] of await readItemsOf(scope, orgId, own, placeOf)) items.set(row, item);
  }
  return rows.flatMap((row) => items.get(row) ?? []);
}
