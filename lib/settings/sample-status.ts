import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { latestOperation } from "./operations";
import { operationErrorSchema } from "./schema";
import type { SampleStatus } from "./types";

/** Whether the sample fleet is here, on its way, or neither. */
export async function loadSampleStatus(): Promise<SampleStatus> {
  const operation = await latestOperation(["load-sample", "remove-sample"]);
  const [sample] = await query<{ slug: string; ready: boolean }>(
    // Facts without a pending projection: a load from the command line that is still at work does not count.
    sql`select o.slug, exists (select from fact_repository f where f.org_id = o.id)
        and not exists (select from projection_request p where p.org_id = o.id) as ready
      from organization o where o.is_sample order by o.id limit 1`,
  );
  const org = sample?.slug ?? null;
  if (operation !== null && (operation.state === "queued" || operation.state === "running")) {
    const { step, done, total } = operation;
    return { state: operation.kind === "load-sample" ? "loading" : "removing", org, step, done, total, error: null };
  }
  const ready = sample?.ready === true;
  const failed = operation?.state === "failed" && (operation.kind === "load-sample") !== ready;
  return {
    state: ready ? "ready" : "absent",
    org,
    step: "",
    done: 0,
    total: null,
    error: failed ? operationErrorSchema.parse(operation.error) : null,
  };
}
