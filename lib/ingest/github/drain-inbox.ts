import { z } from "zod";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { readTouch, type Touch } from "@/lib/sources/github-api/delivery";
import { askForList } from "./connection-state";
import { askForTeams } from "./read-teams";
import { requestPullRequests } from "./refetches";
import { makeDue } from "./sync-states";

/** Deliveries of one transaction. */
const AT_ONCE = 200;

interface Waiting {
  id: number;
  event: string;
  body: Buffer;
}

interface Followed {
  nodeId: string;
  orgId: number;
  connectionId: number;
  repoId: number;
}

type Outcome =
  | { state: "processed"; touch: Touch }
  | { state: "ignored"; reason: string }
  | { state: "failed"; error: string };

function outcomeOf({ body, event }: Waiting): Outcome {
  try {
    const touch = readTouch(event, JSON.parse(body.toString("utf8")));
    return touch === null ? { state: "ignored", reason: `nothing is read of ${event}` } : { state: "processed", touch };
  } catch (error) {
    if (error instanceof SyntaxError) return { state: "failed", error: "the body is not JSON" };
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    return { state: "failed", error: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}` };
  }
}

/**
 * Turns deliveries that are waiting into things to look at, in whatever order they came and however often. What they mean
 * is noted in the transaction that takes them off the inbox. Several processes may do it at once.
 * @returns how many were taken
 */
export async function drainInbox(now: Date): Promise<number> {
  for (let taken = 0; ; ) {
    const count = await withTransaction((client) => drainSome(client, now));
    taken += count;
    if (count < AT_ONCE) return taken;
  }
}

async function drainSome(client: PoolClient, now: Date): Promise<number> {
  const waiting = await query<Waiting>(
    sql`select id, event, body from inbox where state = 'received' and source = 'github'
      order by id limit ${AT_ONCE} for update skip locked`,
    client,
  );
  if (waiting.length === 0) return 0;
  const outcomes = waiting.map((one) => ({ id: one.id, outcome: outcomeOf(one) }));
  const touches = outcomes.flatMap(({ outcome }) => (outcome.state === "processed" ? [outcome.touch] : []));
  const followed = await followedAmong(client, touches);
  for (const place of followed.values()) {
    const own = touches.filter(({ repository }) => repository === place.nodeId);
    await requestPullRequests(client, place, [...new Set(own.flatMap(({ pullRequests }) => pullRequests))], now);
    await makeDue(client, place, [...new Set(own.flatMap(({ kinds }) => kinds))], now);
  }
  if (touches.some(({ directory }) => directory)) await askForList(null, client);
  if (touches.some(({ teams }) => teams)) await askForTeams(client, now);
  await tryAgain(
    client,
    touches.flatMap(({ installation }) => installation ?? []),
  );
  await settle(
    client,
    outcomes.map(({ id, outcome }) => ({ id, outcome: placed(outcome, followed) })),
    now,
  );
  return waiting.length;
}

/** An App that was shut out may have been let in again: the next question tells. */
async function tryAgain(client: PoolClient, installations: readonly number[]): Promise<void> {
  await execute(
    sql`update github_connection set state = 'active', state_reason = null
      where state = 'broken' and installation_id = any(${[...new Set(installations)]}::bigint[])`,
    client,
  );
}

/** Nobody asked for what happens in a repository that nobody follows. */
function placed(outcome: Outcome, followed: ReadonlyMap<string, Followed>): Outcome {
  if (outcome.state !== "processed" || outcome.touch.repository === null) return outcome;
  if (followed.has(outcome.touch.repository)) return outcome;
  return { state: "ignored", reason: "no connection follows this repository" };
}

async function followedAmong(client: PoolClient, touches: readonly Touch[]): Promise<Map<string, Followed>> {
  const ids = [...new Set(touches.flatMap(({ repository }) => repository ?? []))];
  const rows = await query<Followed>(
    sql`select node_id as "nodeId", org_id as "orgId", connection_id as "connectionId", repo_id as "repoId"
      from github_repository where node_id = any(${ids}::text[]) and selected order by org_id, repo_id`,
    client,
  );
  return new Map(rows.map((row) => [row.nodeId, row]));
}

async function settle(
  client: PoolClient,
  settled: readonly { id: number; outcome: Outcome }[],
  now: Date,
): Promise<void> {
  await execute(
    sql`update inbox i set state = s.state, reason = s.reason, last_error = s.error, attempts = i.attempts + 1,
        processed_at = ${now}
      from unnest(${settled.map(({ id }) => id)}::bigint[], ${settled.map(({ outcome }) => outcome.state)}::text[],
        ${settled.map(({ outcome }) => (outcome.state === "ignored" ? outcome.reason : null))}::text[],
        ${settled.map(({ outcome }) => (outcome.state === "failed" ? outcome.error : null))}::text[])
        as s (id, state, reason, error)
      where i.id = s.id`,
    client,
  );
}
