import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Verdicts } from "@/lib/events/native/schema";

/** What a program told at one of the doors, as it came. */
export interface DoorMessage {
  /** The door: `events`, `cdevents`, `alerts/<sender>`, `deployments/<sender>`, `otlp/<agent>`. */
  door: string;
  /** Its path and what the address named, without a key. */
  address: string;
  type: string;
  /** What names events without an id of their own; null where nothing does. */
  idempotencyKey: string | null;
  text: string;
}

/** What became of a message: what kinds of events it told and which of them were taken, or why nothing could be read. */
export type DoorOutcome = { kinds: readonly string[]; verdicts: Verdicts } | { error: string };

/** What a list calls it: what it tells, where that is one thing. */
function eventOf(outcome: DoorOutcome): string {
  const [kind, ...others] = "error" in outcome ? [] : new Set(outcome.kinds);
  return kind === undefined ? "message" : others.length === 0 ? kind : "events";
}

/** Bytes up to which a message that was taken whole is kept; one of which something was refused always is. */
const KEPT_BYTES = 64 * 1024;

interface Settled {
  state: "processed" | "ignored" | "failed";
  reason: string | null;
}

function settledOf(outcome: DoorOutcome): Settled {
  if ("error" in outcome) return { state: "failed", reason: outcome.error };
  const { accepted, duplicates, ignored, items, refused } = outcome.verdicts;
  if (refused > 0) {
    const [error] = items.flatMap(({ errors }) => errors);
    const where = error === undefined || error.pointer === "" ? "" : `${error.pointer}: `;
    const of = items.length === 1 ? "" : `${refused} of ${items.length} refused; `;
    return { state: "failed", reason: `${of}${where}${error?.detail ?? "refused"}` };
  }
  if (accepted + duplicates > 0) return { state: "processed", reason: accepted === 0 ? "known already" : null };
  return { state: "ignored", reason: ignored > 0 ? "nothing that figures need" : null };
}

/** The same message again is the same, whoever sends it. */
const idOf = ({ address, idempotencyKey, text, type }: DoorMessage): string =>
  createHash("sha256")
    .update(JSON.stringify([address, type, idempotencyKey]))
    .update(text)
    .digest("hex");

/**
 * Notes a message and what became of it, beside the deliveries of webhooks. One that comes again is noted once, with what became of it the
 * last time.
 */
export async function recordMessage(message: DoorMessage, outcome: DoorOutcome): Promise<void> {
  const { address, door, idempotencyKey, text, type } = message;
  const { reason, state } = settledOf(outcome);
  const whole = Buffer.from(text);
  const body = state === "failed" || whole.length <= KEPT_BYTES ? whole : Buffer.alloc(0);
  const headers = JSON.stringify({
    address,
    "content-type": type,
    ...(idempotencyKey !== null && { "idempotency-key": idempotencyKey }),
    ...(body.length < whole.length && { "content-length": String(whole.length) }),
  });
  const error = state === "failed" ? reason : null;
  await execute(
    sql`insert into inbox as i (source, delivery_id, event, headers, body, state, reason, last_error, attempts, processed_at)
      values (${door}, ${idOf(message)}, ${eventOf(outcome)}, ${headers}::jsonb, ${body}, ${state},
        ${state === "failed" ? null : reason}, ${error}, 1, now())
      on conflict (source, delivery_id) do update set event = excluded.event, state = excluded.state, reason = excluded.reason,
        last_error = excluded.last_error, attempts = i.attempts + 1, processed_at = excluded.processed_at`,
  );
}

/**
 * A message of a door that was kept, as it came; null for a delivery of GitHub.
 * @throws {AppError} `not_found`; `conflict` for one that was taken whole and too long to be kept
 */
export async function readMessage(id: string): Promise<DoorMessage | null> {
  const [row] = /^[1-9]\d{0,17}$/.test(id)
    ? await query<{ source: string; headers: Record<string, string>; body: Buffer }>(
        sql`select source, headers, body from inbox where id = ${id}::bigint`,
      )
    : [];
  if (row === undefined) throw new AppError({ code: "not_found", message: "There is no such delivery." });
  if (row.source === "github") return null;
  if (row.source.startsWith("otlp/"))
    throw new AppError({ code: "conflict", message: "Telemetry is not kept as it came, so it cannot be read again." });
  if (row.headers["content-length"] !== undefined)
    throw new AppError({ code: "conflict", message: "It was taken whole, and was too long to be kept." });
  return {
    door: row.source,
    address: row.headers.address ?? "",
    type: row.headers["content-type"] ?? "application/json",
    idempotencyKey: row.headers["idempotency-key"] ?? null,
    text: row.body.toString("utf8"),
  };
}
