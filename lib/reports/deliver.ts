import { AppError } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { isMonthly, lastDue, type ReportChannel, retryAt } from "@/lib/core/report-schedules";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed } from "@/lib/core/secrets/seal";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { reportWebhookPlace } from "@/lib/settings/secrets/report-webhook-place";
import type { Message, Subject } from "./message";
import { monthlyMail } from "./monthly-mail";
import { findSchedule, type Manager, type StoredSchedule, storedSchedules, subjectOf } from "./schedules";
import { sendMail } from "./send-mail";
import { sendToChat } from "./send-to-chat";
import { weeklyDigest } from "./weekly-digest";

const log = createLogger("reports");

/** A worker that is killed in the middle of one holds it for so long. */
const LEASE_MINUTES = 15;
/** What is wrong of these is not mended by time. */
const FINAL: ReadonlySet<string> = new Set(["bad_request", "forbidden", "not_found", "unprocessable"]);

/** What is sent of a subject through a channel. */
export const messageOf = (channel: ReportChannel, subject: Subject): Promise<Message> =>
  isMonthly(channel) ? monthlyMail(subject) : weeklyDigest(subject);

/** Notes what has become due since; of several times that were missed the last one alone. */
async function noteDue(now: Date): Promise<void> {
  for (const { channel, createdAt, id, onDay, org } of await storedSchedules(null)) {
    const { dueAt, firstDay, lastDay } = lastDue(channel, onDay, org.timeZone, now);
    if (dueAt <= createdAt) continue;
    await execute(
      sql`insert into report_delivery (schedule_id, due_at, first_day, last_day, next_at)
        values (${id}::uuid, ${dueAt}, ${firstDay}::date, ${lastDay}::date, ${now})
        on conflict (schedule_id, due_at) do nothing`,
    );
  }
}

/**
 * Has the last report sent now, also one that was sent before.
 * @throws {AppError} `not_found`, and `conflict` while one is on its way
 */
export async function sendNow(manager: Manager, id: string, now: Date): Promise<StoredSchedule> {
  const schedule = await findSchedule(manager, id);
  const { channel, onDay, org } = schedule;
  const { firstDay, lastDay } = lastDue(channel, onDay, org.timeZone, now);
  const added = await execute(
    sql`insert into report_delivery (schedule_id, due_at, first_day, last_day, next_at)
      select ${schedule.id}::uuid, ${now}, ${firstDay}::date, ${lastDay}::date, ${now}
      where not exists (select from report_delivery where schedule_id = ${schedule.id}::uuid and state = 'waiting')
      on conflict (schedule_id, due_at) do update set state = 'waiting', attempts = 0, next_at = excluded.next_at`,
  );
  if (added === 0) {
    // What waits for its next attempt is tried at once.
    await execute(
      sql`update report_delivery set next_at = ${now} where schedule_id = ${schedule.id}::uuid and state = 'waiting'
        and next_at > ${now} and attempts > 0 and error is not null`,
    );
  }
  return schedule;
}

interface Claimed {
  id: string;
  scheduleId: string;
  firstDay: string;
  lastDay: string;
  attempts: number;
}

/** Takes the next one that waits; no other worker does while this one has it. */
async function claim(now: Date): Promise<Claimed | null> {
  const [found] = await query<Claimed>(
    sql`update report_delivery set attempts = attempts + 1, error = null,
        next_at = ${now}::timestamptz + make_interval(mins => ${LEASE_MINUTES})
      where id = (select id from report_delivery where state = 'waiting' and next_at <= ${now}
        order by next_at, id limit 1 for update skip locked)
      returning id::text as id, schedule_id as "scheduleId", first_day::text as "firstDay", last_day::text as "lastDay",
        attempts`,
  );
  return found ?? null;
}

function webhookOf({ id, webhook, webhookHost }: StoredSchedule): string {
  const address = webhook === null ? null : openSealed(webhook, reportWebhookPlace(id), sealingKeys().all);
  if (address !== null) return address;
  throw new AppError({
    code: "unprocessable",
    message: `The address of ${webhookHost} cannot be opened with FLEETGAUGE_SECRET: enter it again.`,
  });
}

/** Sends one. @returns what it was called, and what of it did not arrive */
async function send({
  firstDay,
  id,
  lastDay,
  scheduleId,
}: Claimed): Promise<{ subject: string; error: string | null }> {
  const [schedule] = await storedSchedules(scheduleId);
  if (schedule === undefined) throw new AppError({ code: "not_found", message: "It was removed." });
  const { channel, org, ownerId, recipients, team } = schedule;
  const subject = await subjectOf(ownerId, { channel, org: org.slug, team: team?.slug ?? null }, { firstDay, lastDay });
  const message = await messageOf(channel, subject);
  if (channel !== "mail") {
    await sendToChat(channel, webhookOf(schedule), message);
    return { subject: message.subject, error: null };
  }
  const refused = await sendMail(`${scheduleId}.${id}`, recipients, message);
  return { subject: message.subject, error: refused.length === 0 ? null : `Not taken: ${refused.join(", ")}.` };
}

/**
 * Sends what is due and what waits for its next attempt. Each is sent at least once: a worker that is killed after it was sent
 * and before that was noted sends it again, under the same message id.
 * @param signal fires when the worker shuts down: what is on its way is sent, and nothing more is begun
 * @returns how many were sent
 */
export async function deliverReports(signal?: AbortSignal): Promise<number> {
  const now = () => new Date();
  await noteDue(now());
  let sent = 0;
  for (let next = await claim(now()); next !== null; next = signal?.aborted === true ? null : await claim(now())) {
    const { attempts, id } = next;
    try {
      const { error, subject } = await send(next);
      await execute(
        sql`update report_delivery set state = 'sent', subject = ${subject}, error = ${error}, sent_at = ${now()}
          where id = ${id}::bigint`,
      );
      sent += 1;
    } catch (error) {
      const isKnown = error instanceof AppError;
      if (!isKnown) log.error({ err: error, delivery: id }, "a report could not be sent");
      const message = isKnown ? error.message : "Something went wrong. The server's log says what.";
      const again = isKnown && FINAL.has(error.code) ? null : retryAt(attempts, now());
      await execute(
        sql`update report_delivery set state = ${again === null ? "failed" : "waiting"}, error = ${message},
            next_at = coalesce(${again}::timestamptz, next_at)
          where id = ${id}::bigint`,
      );
    }
  }
  return sent;
}
