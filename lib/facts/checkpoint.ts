import { deserialize, serialize } from "node:v8";
import { errorMessage } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { toJsonText } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { LineState } from "./line-state";
import type { ProjectionContext, RepositoryRef } from "./projection-context";
import type { TallyState } from "./repository-tally";
import { factsVersion } from "./version";

const log = createLogger("facts");

/** Raise it when the shape of a checkpoint changes; one of another shape is of no use. */
const FORMAT = 1;
/** What PostgreSQL keeps in one field has an end; a line beyond it is passed over as a whole every time. */
const MAX_STATE_BYTES = 256 * 1024 * 1024;

/** All that a pass needs to go on at the end of the line. */
export interface CheckpointState {
  line: LineState;
  tally: TallyState;
  /** Snapshot of the revert resolver. */
  resolver: Uint8Array;
}

/** One increment since a checkpoint's state was written: what was new, and which import's head spoke. */
export interface TailStep {
  importedHead: string | null;
  eventIds: string[];
}

export interface Checkpoint {
  /** Another one with every write, whoever writes. */
  version: string;
  /** Where the facts stand: the end of the line that the state and then the tail lead to. */
  headSha: string;
  landed: number;
  /** Landings that the tail brings. */
  tailLanded: number;
  /** Size of the state as it is stored. */
  bytes: number;
  /** null: it has the version that was known. */
  stored: { tail: TailStep[]; state: CheckpointState } | null;
}

interface CheckpointRow {
  version: string;
  head_sha: string;
  landed: number;
  tail_landed: number;
  bytes: number;
  tail: TailStep[] | null;
  state: Buffer | null;
}

/**
 * The checkpoint of a repository if its facts are there and were made by the same rules and settings; else null.
 * @param known what this process holds already, which then is not read
 */
export async function loadCheckpoint(
  client: PoolClient,
  context: ProjectionContext,
  known: { version: string; steps: number } | null,
): Promise<Checkpoint | null> {
  // A process of an older release lengthens the tail without a new version.
  const isKnown = sql`(c.version = ${known?.version ?? null}::uuid and jsonb_array_length(c.tail) = ${known?.steps ?? null}::integer)`;
  const [row] = await query<CheckpointRow>(
    sql`select c.version, c.head_sha, c.landed, c.tail_landed, octet_length(c.state) as bytes,
        case when ${isKnown} then null else c.tail end as tail,
        case when ${isKnown} then null else c.state end as state
      from projection_checkpoint c join fact_repository f using (org_id, repo_id, head_sha, landed)
      where c.org_id = ${context.orgId} and c.repo_id = ${context.repoId} and c.basis = ${context.basis}
        and c.facts_version = ${factsVersion()} and f.rule_version = c.facts_version`,
    client,
  );
  if (row === undefined) return null;
  const { bytes, head_sha: headSha, landed, tail, tail_landed: tailLanded, version } = row;
  const place = { version, headSha, landed, tailLanded, bytes };
  if (row.state === null || tail === null) return { ...place, stored: null };
  const state = decode(row.state);
  return state === null ? null : { ...place, stored: { tail, state } };
}

/** What a write of a checkpoint left: its version, and the size of its state. */
interface WrittenCheckpoint {
  version: string;
  bytes: number;
}

/**
 * Writes where a repository's projection stands, with everything needed to go on.
 * @returns null for a state that is too large to be kept
 */
export async function writeCheckpoint(
  client: PoolClient,
  context: ProjectionContext,
  checkpoint: CheckpointState,
): Promise<WrittenCheckpoint | null> {
  const { line, tally } = checkpoint;
  const state = serialize({ format: FORMAT, ...checkpoint });
  if (state.byteLength > MAX_STATE_BYTES) {
    await removeCheckpoint(client, context);
    return null;
  }
  const [row] = await query<{ version: string }>(
    sql`insert into projection_checkpoint
        (org_id, repo_id, head_sha, landed, facts_version, basis, tail_landed, tail, state)
      values (${context.orgId}, ${context.repoId}, ${line.headSha}, ${tally.counts.landed}, ${factsVersion()},
        ${context.basis}, 0, '[]', ${state})
      on conflict (org_id, repo_id) do update set head_sha = excluded.head_sha, landed = excluded.landed,
        facts_version = excluded.facts_version, basis = excluded.basis, tail_landed = excluded.tail_landed,
        tail = excluded.tail, state = excluded.state, version = excluded.version
      returning version`,
    client,
  );
  return row === undefined ? null : { version: row.version, bytes: state.byteLength };
}

/** Notes one more increment behind a checkpoint's state. @returns the version that it has now */
export async function lengthenTail(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  { headSha, landed, step }: { headSha: string; landed: number; step: TailStep },
): Promise<string | null> {
  const [row] = await query<{ version: string }>(
    sql`update projection_checkpoint set head_sha = ${headSha}, tail_landed = tail_landed + ${landed}::integer - landed,
        landed = ${landed}, tail = tail || ${toJsonText([step])}::jsonb, version = gen_random_uuid()
      where org_id = ${orgId} and repo_id = ${repoId}
      returning version`,
    client,
  );
  return row?.version ?? null;
}

export async function removeCheckpoint(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<void> {
  await execute(sql`delete from projection_checkpoint where org_id = ${orgId} and repo_id = ${repoId}`, client);
}

/** null when another version of the program or of the engine wrote it: then the whole repository is passed over. */
function decode(bytes: Buffer): CheckpointState | null {
  try {
    const { format, ...state }: CheckpointState & { format: number } = deserialize(bytes);
    return format === FORMAT ? state : null;
  } catch (error) {
    log.warn({ reason: errorMessage(error) }, "a projection checkpoint cannot be read; the whole repository is read");
    return null;
  }
}
