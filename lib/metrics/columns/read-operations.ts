import { AUTHOR_KIND_CODE, CATEGORY_CODE, EXCLUSION_CODE, SIZE_BUCKET_CODE } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { outcomesOf } from "@/lib/metrics/operations/deployment-outcomes";
import { createRepairReader } from "@/lib/metrics/operations/incident-repairs";
import { milliseconds, type OperationFacts, readOperationFacts } from "@/lib/metrics/operations/read-operation-facts";
import { ColumnWriter, type FactRow } from "./column-writer";
import { HELD, MISSING, NO_NUMBERS, OPERATION_NUMBERS, SUBJECT_CODE, type Subject } from "./table";

const LARGEST_INT32 = 2 ** 31 - 1;
const SUBJECT_BITS = 3;

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

function operationsOf({ caused, deployments, incidents, tellsOfIncidents }: OperationFacts): Operation[] {
  const rollingBack = new Set(deployments.flatMap(({ kind, repoId }) => (kind === "rollback" ? repoId : [])));
  const repairOf = createRepairReader(deployments);
  const operations: Operation[] = incidents.map((incident) => {
    const { redeployCycles, revertSeconds } = repairOf(incident);
    return {
      id: incident.id,
      repoId: incident.repoId,
      at: incident.openedAt,
      subject: "incident",
      numbers: {
        revertSeconds: Math.min(revertSeconds ?? MISSING, LARGEST_INT32),
        redeployCycles: redeployCycles ?? MISSING,
      },
    };
  });
  for (const { deployment, failure } of outcomesOf(deployments, caused)) {
    const { at, id, kind, repoId } = deployment;
    const isJudged = kind !== "rollback" && (tellsOfIncidents || rollingBack.has(repoId));
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
export function operationNumber({ id, subject }: Pick<Operation, "id" | "subject">): number {
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
  const facts = await readOperationFacts(client, orgId, repoIds);
  const owners = await query<Owner>(
    sql`select repo_id as "repoId", team_id as "teamId", ${milliseconds(sql`valid_from`)} as "from"
      from repository_owner where org_id = ${orgId} order by valid_from`,
    client,
  );
  const ownerAt = createOwnerReader(owners);
  const rows = operationsOf(facts)
    .map((operation) => ({ ...operation, number: operationNumber(operation) }))
    .sort((a, b) => a.at - b.at || a.repoId - b.repoId || a.number - b.number);
  const writer = new ColumnWriter(orgId, OPERATION_NUMBERS);
  const words = {
    authorKind: AUTHOR_KIND_CODE.automation,
    category: CATEGORY_CODE.unclassified,
    sizeBucket: SIZE_BUCKET_CODE.unknown,
    exclusion: EXCLUSION_CODE.none,
    confidence: 0,
    cause: HELD,
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
