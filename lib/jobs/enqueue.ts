import { AppError } from "@/lib/core/errors";
import type { OwnRules } from "@/lib/core/own-rules";
import { getPool, type Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { ReportRequest } from "@/lib/reports/types";
import { createOperation, lockActiveOperations } from "@/lib/settings/operations";
import type { ImportRequest } from "@/lib/settings/types";
import { type JobName, type JobPayload, jobPayloads } from "./payloads";

type EnqueueOptions = {
  /** Jobs with the same key are one job while it waits. */
  key?: string;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  maxAttempts?: number;
};

/**
 * Adds a job. On the client of a transaction the job exists if and only if that transaction commits.
 * @returns the job's id
 * @throws {z.ZodError} when the payload is not what the job takes
 */
export async function enqueue<Name extends JobName>(
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
  client: Queryable = getPool(),
): Promise<string> {
  const body = JSON.stringify(jobPayloads[name].parse(payload));
  const [job] = await query<{ id: string }>(
    sql`select id::text as id from graphile_worker.add_job(
      identifier => ${name},
      payload => ${body}::json,
      queue_name => ${options.queue ?? null},
      max_attempts => ${options.maxAttempts ?? 5},
      job_key => ${options.key ?? null}
    )`,
    client,
  );
  if (job === undefined) throw new Error(`The job ${name} was not added`);
  return job.id;
}

/** Work that reads or rewrites whole organisations runs one after the other. */
const OPERATION_QUEUE = "operations";
/** A worker that is killed in the middle is followed by another one; a failure of the work itself is not repeated. */
const OPERATION_ATTEMPTS = 3;

/**
 * Starts to load or to remove the sample fleet; asking again while that is under way changes nothing.
 * @throws {AppError} `conflict` while the other of the two is under way
 */
export async function enqueueSampleOperation(kind: "load-sample" | "remove-sample"): Promise<void> {
  await withTransaction(async (client) => {
    const active = (await lockActiveOperations(client)).filter((operation) => operation.kind.endsWith("-sample"));
    if (active.some((operation) => operation.kind === kind)) return;
    if (active.length > 0) {
      const message = `The sample fleet is being ${kind === "load-sample" ? "removed" : "loaded"}. Wait until that is done.`;
      throw new AppError({ code: "conflict", message });
    }
    const operationId = await createOperation(kind, {}, client);
    await enqueue(kind, { operationId }, operationOptions(operationId), client);
  });
}

/** Has the worker read at once what is due at GitHub; asking twice before it does is asking once. */
export async function enqueueFollowing(): Promise<void> {
  await enqueue("follow-github", {}, { key: "follow-github" });
}

/** Has the worker project at once what is asked for. */
export async function enqueueProjection(): Promise<void> {
  await enqueue("project", {}, { key: "project" });
}

/** Starts the import of a repository on this machine. @returns the operation's id */
export async function enqueueImport(request: ImportRequest): Promise<string> {
  return withTransaction(async (client) => {
    const operationId = await createOperation("import-git", request, client);
    await enqueue("import-git", { operationId, request }, operationOptions(operationId), client);
    return operationId;
  });
}

/** Starts to work out what an organisation's facts would be by other rules. @returns the operation's id */
export async function enqueuePreview(orgId: number, rules: OwnRules): Promise<string> {
  return withTransaction(async (client) => {
    const operationId = await createOperation("preview-rules", {}, client);
    // Whoever waits for it looks at a form: it does not stand behind an import.
    await enqueue(
      "preview-rules",
      { operationId, orgId, rules },
      { ...operationOptions(operationId), queue: "previews" },
      client,
    );
    return operationId;
  });
}

/** Has the worker send at once what is due. */
export async function enqueueSending(): Promise<void> {
  await enqueue("send-reports", {}, { key: "send-reports" });
}

/** Reports that one person may wait for at a time. */
const MOST_WAITING = 5;

/**
 * Has a report made for somebody.
 * @returns the operation's id
 * @throws {AppError} `conflict` for whoever waits for several already
 */
export async function enqueueReport(userId: string, { query: asked, report }: ReportRequest): Promise<string> {
  return withTransaction(async (client) => {
    const [waiting] = await query<{ count: number }>(
      sql`select count(*)::integer as count from operation
        where kind = 'make-report' and input ->> 'userId' = ${userId} and state in ('queued', 'running')`,
      client,
    );
    if ((waiting?.count ?? 0) >= MOST_WAITING)
      throw new AppError({
        code: "conflict",
        message: `${MOST_WAITING} of your reports are being made: wait for one.`,
      });
    const input = { userId, report, query: asked };
    const operationId = await createOperation("make-report", input, client);
    await enqueue(
      "make-report",
      { operationId, ...input },
      { ...operationOptions(operationId), queue: "reports" },
      client,
    );
    return operationId;
  });
}

function operationOptions(operationId: string): EnqueueOptions {
  return { key: operationId, queue: OPERATION_QUEUE, maxAttempts: OPERATION_ATTEMPTS };
}
