import type { z } from "zod";
import type { Queryable } from "@/lib/db/pool";
import { getPrisma } from "@/lib/db/prisma-client";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { operationErrorSchema } from "./schema";

export const OPERATION_KINDS = ["load-sample", "remove-sample", "import-git", "preview-rules", "make-report"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];
export type OperationError = z.infer<typeof operationErrorSchema>;

export interface Operation {
  id: string;
  kind: string;
  state: string;
  step: string;
  done: number;
  total: number | null;
  input: unknown;
  result: unknown;
  error: unknown;
  createdAt: Date;
  updatedAt: Date;
}

/** Namespace of the advisory lock under which operations are created, so that two clicks see each other. */
const CREATE_LOCK = 1_179_076_939;

/** Operations that are waiting or running, oldest first. Inside a transaction no other one can be added meanwhile. */
export async function lockActiveOperations(client: Queryable): Promise<{ id: string; kind: string }[]> {
  await query(sql`select pg_advisory_xact_lock(${CREATE_LOCK})`, client);
  return query(
    sql`select id, kind from operation where state in ('queued', 'running') order by created_at, id`,
    client,
  );
}

/** Adds a waiting operation and returns its id. */
export async function createOperation(kind: OperationKind, input: object, client: Queryable): Promise<string> {
  const body = JSON.stringify(input);
  const [row] = await query<{ id: string }>(
    sql`insert into operation (kind, state, step, input) values (${kind}, 'queued', 'Waiting', ${body}::jsonb) returning id`,
    client,
  );
  if (row === undefined) throw new Error(`The operation ${kind} was not added`);
  return row.id;
}

/** Says how far an operation is. One that has ended stays as it is. */
export async function reportOperation(
  id: string,
  progress: { step: string; done: number; total: number | null },
): Promise<void> {
  await getPrisma().operation.updateMany({
    where: { id, state: { in: ["queued", "running"] } },
    data: { ...progress, state: "running", updatedAt: new Date() },
  });
}

/** Ends an operation well. */
export async function finishOperation(id: string, result: object): Promise<void> {
  await execute(
    sql`update operation set state = 'done', step = 'Done', result = ${JSON.stringify(result)}::jsonb, error = null,
      updated_at = now() where id = ${id}::uuid`,
  );
}

/** Ends an operation with the reason why it could not be done. */
export async function failOperation(id: string, error: OperationError): Promise<void> {
  await execute(
    sql`update operation set state = 'failed', error = ${JSON.stringify(error)}::jsonb, updated_at = now()
      where id = ${id}::uuid`,
  );
}

/** Ends the operations that nothing works on any more; `live` are the ids that still have a job. */
export async function failAbandonedOperations(live: readonly string[], error: OperationError): Promise<number> {
  return execute(
    sql`update operation set state = 'failed', error = ${JSON.stringify(error)}::jsonb, updated_at = now()
      where state in ('queued', 'running') and not (id = any(${live}::uuid[]))`,
  );
}

/** The newest operation of some kinds, or null. */
export async function latestOperation(kinds: readonly OperationKind[]): Promise<Operation | null> {
  return getPrisma().operation.findFirst({ where: { kind: { in: [...kinds] } }, orderBy: { createdAt: "desc" } });
}

/** One operation of a kind by its id, or null. */
export async function readOperation(kind: OperationKind, id: string): Promise<Operation | null> {
  return getPrisma().operation.findFirst({ where: { kind, id } });
}

/** The newest operations of a kind, newest first. */
export async function listOperations(kind: OperationKind, limit: number): Promise<Operation[]> {
  return getPrisma().operation.findMany({ where: { kind }, orderBy: { createdAt: "desc" }, take: limit });
}

/** Deletes operations that ended more than `days` ago. @returns how many; at most `most` */
export async function pruneOperations(days: number, most: number): Promise<number> {
  return execute(
    sql`delete from operation where id in (select id from operation
      where state not in ('queued', 'running') and updated_at < now() - make_interval(days => ${days})
      order by created_at limit ${most})`,
  );
}
