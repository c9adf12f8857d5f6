import {
  AUTHOR_KIND_CODE,
  CATEGORY_CODE,
  DEPLOYMENT_KIND_CODE,
  DEPLOYMENT_STATUS_CODE,
  EXCLUSION_CODE,
  SIZE_BUCKET_CODE,
} from "@/lib/core/dimensions";
import { PRODUCTION_PATTERN } from "@/lib/core/environments";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { type CausedIncident, type Deployment, outcomesOf } from "@/lib/metrics/operations/deployment-outcomes";
import { ColumnWriter, type FactRow } from "./column-writer";
import { MISSING, NO_NUMBERS, OPERATION_NUMBERS, SUBJECT_CODE, type Subject } from "./table";

const LARGEST_INT32 = 2 ** 31 - 1;
const SUBJECT_BITS = 3;

/** Milliseconds, so that instants that were read by several statements are equal where they are the same. */
const milliseconds = (instant: Sql): Sql => sql`floor(extract(epoch from ${instant}) * 1000)::float8`;

const KINDS = new Map<number, Deployment["kind"]>([
  [DEPLOYMENT_KIND_CODE.change, "change"],
  [DEPLOYMENT_KIND_CODE.hotfix, "hotfix"],
  [DEPLOYMENT_KIND_CODE.rollback, "rollback"],
]);

interface Incident {
  id: string;
  repoId: number;
  openedAt: number;
}

interface Owner {
  repoId: number;
  teamId: number;
  from: number;
}

/** What a row of the table is made of. */
interface Operation {
  id: string;
  repoId: number;
  at: number;
  subject: Subject;
  numbers: Partial<Record<(typeof OPERATION_NUMBERS)[number], number>>;
}

function readDeployments(client: PoolClient, orgId: number, among: (repoId: Sql) => Sql): Promise<Deployment[]> {
  return query<Omit<Deployment, "kind"> & { kind: number }>(
    sql`select id, repo_id as "repoId", ${milliseconds(sql`finished_at`)} as at, kind, service, sha,
        status = ${DEPLOYMENT_STATUS_CODE.success}::smallint as succeeded
      from fact_deployment
      where org_id = ${orgId} and repo_id is not null and ${among(sql`repo_id`)} and environment ~* ${PRODUCTION_PATTERN}`,
    client,
  ).then((rows) => rows.map(({ kind, ...row }) => ({ ...row, kind: KINDS.get(kind) ?? "change" })));
}

/** Whether an organisation tells of incidents at all: without any, that none followed a deployment says nothing. */
async function tellsOfIncidents(client: PoolClient, orgId: number): Promise<boolean> {
  const [row] = await query<{ told: boolean }>(
    sql`select exists (select from fact_incident where org_id = ${orgId}) as told`,
    client,
  );
  return row?.told === true;
}

function operationsOf(
  deployments: readonly Deployment[],
  caused: readonly CausedIncident[],
  incidents: readonly Incident[],
  toldOfIncidents: boolean,
): Operation[] {
  const rollingBack = new Set(deployments.flatMap(({ kind, repoId }) => (kind === "rollback" ? repoId : [])));
  const operations: Operation[] = incidents.map(({ id, openedAt, repoId }) => ({
    id,
    repoId,
    at: openedAt,
    subject: "incident",
    numbers: {},
  }));
  for (const { deployment, failure } of outcomesOf(deployments, caused)) {
    const { at, id, kind, repoId } = deployment;
    const isJudged = kind !== "rollback" && (toldOfIncidents || rollingBack.has(repoId));
    operations.push({ id, repoId, at, subject: kind, numbers: isJudged ? { failed: Number(failure !== null) } : {} });
    if (failure === null) continue;
    const { restoredAt, startedAt } = failure;
    const seconds = restoredAt === null ? MISSING : Math.floor((restoredAt - startedAt) / 1000);
    operations.push({
      id,
      repoId,
      at: startedAt,
      subject: "failure",
      numbers: { restoreSeconds: Math.min(seconds, LARGEST_INT32), restoreWatched: 0 },
    });
  }
  return operations;
}

/** A number that tells what a row is about apart from others of one instant: of its id, and of what it says of it. */
function numberOf({ id, subject }: Operation): number {
  return (Number.parseInt(id.replaceAll("-", "").slice(0, 7), 16) << SUBJECT_BITS) | SUBJECT_CODE[subject];
}

/** The team that owned a repository at an instant. */
function createOwnerReader(owners: readonly Owner[]): (repoId: number, at: number) => number | null {
  const byRepo = new Map<number, Owner[]>();
  for (const owner of owners) byRepo.set(owner.repoId, [...(byRepo.get(owner.repoId) ?? []), owner]);
  return (repoId, at) => byRepo.get(repoId)?.findLast(({ from }) => from <= at)?.teamId ?? null;
}

/**
 * The production deployments of an organisation, what became of them, and its incidents, each of the team that owned its
 * repository then.
 * @param repoIds these repositories alone; null: all of them
 */
export async function readOperations(
  client: PoolClient,
  orgId: number,
  repoIds: readonly number[] | null,
): Promise<ColumnWriter> {
  const among = (repoId: Sql): Sql => (repoIds === null ? sql`true` : sql`${repoId} = any(${[...repoIds]}::integer[])`);
  const deployments = await readDeployments(client, orgId, among);
  const incidents = await query<Incident>(
    sql`select id, repo_id as "repoId", ${milliseconds(sql`opened_at`)} as "openedAt" from fact_incident
      where org_id = ${orgId} and repo_id is not null and opened_at is not null and ${among(sql`repo_id`)}`,
    client,
  );
  const caused = await query<CausedIncident>(
    sql`select i.repo_id as "repoId", ${milliseconds(sql`i.opened_at`)} as "openedAt",
        ${milliseconds(sql`i.resolved_at`)} as "resolvedAt", ${milliseconds(sql`p.deployed_at`)} as "deployedAt"
      from fact_incident i join fact_pull_request_deployment p
        on p.org_id = i.org_id and p.repo_id = i.repo_id and p.number = i.caused_by_number
      where i.org_id = ${orgId} and i.opened_at is not null and ${among(sql`i.repo_id`)}`,
    client,
  );
  const owners = await query<Owner>(
    sql`select repo_id as "repoId", team_id as "teamId", ${milliseconds(sql`valid_from`)} as "from"
      from repository_owner where org_id = ${orgId} and ${among(sql`repo_id`)} order by valid_from`,
    client,
  );
  const ownerAt = createOwnerReader(owners);
  const rows = operationsOf(deployments, caused, incidents, await tellsOfIncidents(client, orgId))
    .map((operation) => ({ ...operation, number: numberOf(operation) }))
    .sort((a, b) => a.at - b.at || a.repoId - b.repoId || a.number - b.number);
  const writer = new ColumnWriter(orgId, OPERATION_NUMBERS);
  const words = {
    authorKind: AUTHOR_KIND_CODE.automation,
    category: CATEGORY_CODE.unclassified,
    sizeBucket: SIZE_BUCKET_CODE.unknown,
    exclusion: EXCLUSION_CODE.none,
    confidence: 0,
    agentsHigh: 0,
    agentsLow: 0,
  } as const;
  for (const { at, number, numbers, repoId, subject } of rows) {
    const row: FactRow = {
      ...words,
      ...NO_NUMBERS,
      ...numbers,
      mergedAt: at,
      repoId,
      number,
      teamId: ownerAt(repoId, at) ?? MISSING,
      subject: SUBJECT_CODE[subject],
    };
    writer.append(row);
  }
  return writer;
}
