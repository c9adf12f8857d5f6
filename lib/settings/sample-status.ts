import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { latestOperation } from "./operations";
import { operationErrorSchema } from "./schema";
import type { SampleStatus } from "./types";

/** Whether the sample fleet is here, on its way, or neither. */
export async function loadSampleStatus(): Promise<SampleStatus> {
  const operation = await latestOperation(["load-sample", "remove-sample"]);
  if (operation !== null && (operation.state === "queued" || operation.state === "running")) {
    const { step, done, total } = operation;
    return { state: operation.kind === "load-sample" ? "loading" : "removing", step, done, total, error: null };
  }
  const [row] = await query<{ ready: boolean }>(
    // Facts without a pending projection: a load from the command line that is still at work does not count.
    sql`select exists (
      select from organization o join fact_repository f on f.org_id = o.id
      where o.is_sample and not exists (select from projection_request p where p.org_id = o.id)
    ) as ready`,
  );
  const ready = row?.ready === true;
  const failed = operation?.state === "failed" && (operation.kind === "load-sample") !== ready;
  return {
    state: ready ? "ready" : "absent",
    step: "",
    done: 0,
    total: null,
    error: failed ? operationErrorSchema.parse(operation.error) : null,
  };
}
