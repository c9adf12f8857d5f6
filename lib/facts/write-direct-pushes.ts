import { type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import type { Landing } from "./landings";
import type { RepositoryRef } from "./projection-context";
import { replaceRows } from "./replace-rows";

const COLUMNS = ["sha", "pushed_at", "title"] as const;

/** A direct push as a row, without the repository. */
export const directPushRow = ({ change }: Landing): CopyValue[] => [
  change.landedShas[0] ?? "",
  new Date(change.landedAt),
  change.title,
];

/** Adds direct pushes that are not there yet. */
export async function writeDirectPushes(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  landings: Landing[],
): Promise<void> {
  if (landings.length === 0) return;
  await copyRows(
    client,
    "fact_direct_push",
    ["org_id", "repo_id", ...COLUMNS],
    landings.map((landing) => [orgId, repoId, ...directPushRow(landing)]),
  );
}

/** Makes these all the direct pushes of a repository. */
export async function replaceDirectPushes(
  client: PoolClient,
  ref: RepositoryRef,
  rows: readonly CopyValue[][],
): Promise<void> {
  await replaceRows(client, ref, { table: "fact_direct_push", columns: COLUMNS, rows });
}
