import { randomUUID } from "node:crypto";
import { findAbsentUser } from "@/lib/auth/user-caller";
import { assertEgressUrl } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { isMonthly, lastDue, nextDue, type ReportChannel } from "@/lib/core/report-schedules";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { seal } from "@/lib/core/secrets/seal";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { reportWebhookPlace } from "@/lib/settings/secrets/report-webhook-place";
import type { Subject } from "./message";
import { canSendMail } from "./send-mail";
import type { DeliveryItem, ScheduleInput, ScheduleItem } from "./types";

/** More than these are no reports any more. */
const MOST_OF_ONE = 20;
const HISTORY = 12;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who manages reports that are sent. */
export interface Manager {
  id: string;
  permissions: ReadonlySet<string>;
}

/** What somebody needs to have a report sent: that of money, or to lead a team. */
export const permissionFor = (channel: ReportChannel) => (isMonthly(channel) ? "money:write" : "verdicts:write");

const refuse = (pointer: string, message: string) => new AppError({ code: "unprocessable", message, pointer });

/** What is sent, with what is needed to send it. */
export interface StoredSchedule {
  id: string;
  ownerId: string;
  channel: ReportChannel;
  onDay: number;
  recipients: string[];
  webhook: Buffer | null;
  webhookHost: string | null;
  createdAt: Date;
  org: { id: number; slug: string; name: string; timeZone: string };
  team: { slug: string; name: string } | null;
}

/** Schedules that were not removed; all of them, or one. */
export async function storedSchedules(id: string | null, client?: Queryable): Promise<StoredSchedule[]> {
  const rows = await query<
    Omit<StoredSchedule, "org" | "team"> & {
      orgId: number;
      org: string;
      orgName: string;
      timeZone: string;
      team: string | null;
      teamName: string | null;
    }
  >(
    sql`select s.id, s.owner_id as "ownerId", s.channel, s.on_day as "onDay", s.recipients, s.webhook,
        s.webhook_host as "webhookHost", s.created_at as "createdAt", o.id as "orgId", o.slug as org, o.name as "orgName",
        o.time_zone as "timeZone", t.slug as team, t.name as "teamName"
      from report_schedule s join organization o on o.id = s.org_id left join team t on t.id = s.team_id
      where s.removed_at is null and (${id}::uuid is null or s.id = ${id}::uuid) order by s.created_at desc, s.id`,
    client,
  );
  return rows.map(({ org, orgId, orgName, team, teamName, timeZone, ...rest }) => ({
    ...rest,
    org: { id: orgId, slug: org, name: orgName, timeZone },
    team: team === null || teamName === null ? null : { slug: team, name: teamName },
  }));
}

/** Whom a report is about, and for whose eyes: those of its owner, as of now. @throws {AppError} `forbidden`, `not_found`, `unprocessable` */
async function placeOf(ownerId: string, { channel, org, team }: Pick<ScheduleInput, "channel" | "org" | "team">) {
  const owner = await findAbsentUser(ownerId);
  if (owner === null || !owner.permissions.has(permissionFor(channel)))
    throw new AppError({
      code: "forbidden",
      message: isMonthly(channel)
        ? "Reports of money are sent by finance and administrators."
        : "The week is sent by whoever leads a team, and by administrators.",
    });
  const [found] = await query<{ id: number; slug: string; name: string; timeZone: string }>(
    sql`select id, slug, name, time_zone as "timeZone" from organization where slug = ${org}`,
  );
  if (found === undefined)
    throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
  const [ofTeam] =
    team === null
      ? []
      : await query<{ id: number; slug: string; name: string }>(
          sql`select id, slug, name from team where org_id = ${found.id} and slug = ${team}`,
        );
  const isSeen = ofTeam !== undefined && (owner.scope.teams === "all" || owner.scope.teams.includes(ofTeam.id));
  if (team !== null && !isSeen) throw refuse("/team", `There is no team ${team}.`);
  return { owner, org: found, team: ofTeam ?? null };
}

/** What a report is about that is due, or would be. @throws {AppError} as above */
export async function subjectOf(
  ownerId: string,
  input: Pick<ScheduleInput, "channel" | "org" | "team">,
  days: Pick<Subject, "firstDay" | "lastDay">,
): Promise<Subject> {
  const { org, owner, team } = await placeOf(ownerId, input);
  return { ...days, scope: owner.scope, org, team };
}

/** What would be due now. @throws {AppError} as above */
export async function lastSubject(ownerId: string, input: ScheduleInput, now: Date): Promise<Subject> {
  const { org } = await placeOf(ownerId, input);
  const { firstDay, lastDay } = lastDue(input.channel, input.onDay, org.timeZone, now);
  return subjectOf(ownerId, input, { firstDay, lastDay });
}

/**
 * Has a report sent by itself from now on.
 * @returns its id
 * @throws {AppError} `forbidden`, `not_found`, `conflict`, `unprocessable` with the pointer of what cannot be taken
 */
export async function addSchedule(manager: Manager, input: ScheduleInput, now: Date): Promise<string> {
  const { channel, onDay, recipients, webhook } = input;
  const { org, team } = await placeOf(manager.id, input);
  if (isMonthly(channel) && !canSendMail())
    throw refuse("/channel", "No mail server is set: start Fleetgauge with SMTP_URL and MAIL_FROM.");
  const address = webhook === null ? null : chatAddress(webhook);
  const [held] = await query<{ count: number }>(
    sql`select count(*)::integer as count from report_schedule where owner_id = ${manager.id} and removed_at is null`,
  );
  if ((held?.count ?? 0) >= MOST_OF_ONE)
    throw new AppError({ code: "conflict", message: `You have ${MOST_OF_ONE} reports sent: remove one.` });
  const id = randomUUID();
  const sealed = address === null ? null : seal(address.href, reportWebhookPlace(id), sealingKeys().current);
  await execute(
    sql`insert into report_schedule (id, org_id, owner_id, channel, on_day, team_id, recipients, webhook, webhook_host,
        created_at)
      values (${id}::uuid, ${org.id}, ${manager.id}, ${channel}, ${onDay}, ${team?.id ?? null}, ${recipients}::text[],
        ${sealed}, ${address?.host ?? null}, ${now})`,
  );
  return id;
}

function chatAddress(webhook: string): URL {
  try {
    return assertEgressUrl(webhook, env().egressAllowHosts);
  } catch (error) {
    throw error instanceof AppError ? refuse("/webhook", error.message) : error;
  }
}

const mayManage = ({ id, permissions }: Manager, ownerId: string): boolean =>
  ownerId === id || permissions.has("settings:manage");

/** @throws {AppError} `not_found` for one of somebody else, too */
export async function findSchedule(manager: Manager, id: string): Promise<StoredSchedule> {
  const [found] = UUID.test(id) ? await storedSchedules(id) : [];
  if (found === undefined || !mayManage(manager, found.ownerId))
    throw new AppError({ code: "not_found", message: `There is no report ${id} that is sent.` });
  return found;
}

/** Nothing of it is sent any more; what was sent stays to be seen nowhere but in the audit log. @throws {AppError} `not_found` */
export async function removeSchedule(manager: Manager, id: string): Promise<StoredSchedule> {
  const found = await findSchedule(manager, id);
  await execute(sql`update report_schedule set removed_at = now() where id = ${found.id}::uuid`);
  await execute(sql`delete from report_delivery where schedule_id = ${found.id}::uuid and state = 'waiting'`);
  return found;
}

type DeliveryRow = Omit<DeliveryItem, "dueAt" | "nextAt" | "sentAt"> & {
  scheduleId: string;
  dueAt: Date;
  nextAt: Date | null;
  sentAt: Date | null;
};

/** Reports that are sent, and what became of each lately: one's own, and all for administrators. */
export async function listSchedules(manager: Manager, now: Date): Promise<ScheduleItem[]> {
  const schedules = (await storedSchedules(null)).filter(({ ownerId }) => mayManage(manager, ownerId));
  const ids = schedules.map(({ id }) => id);
  const names = new Map(
    (
      await query<{ id: string; name: string }>(
        sql`select id, name from app_user where id = any(${schedules.map(({ ownerId }) => ownerId)}::text[])`,
      )
    ).map(({ id, name }) => [id, name]),
  );
  const rows = await query<DeliveryRow>(
    sql`select d.id::text as id, s.id as "scheduleId", d.due_at as "dueAt", d.first_day::text as "firstDay",
        d.last_day::text as "lastDay", d.state, d.attempts, case when d.state = 'waiting' then d.next_at end as "nextAt",
        d.subject, d.error, d.sent_at as "sentAt"
      from unnest(${ids}::uuid[]) as s (id) cross join lateral (select * from report_delivery
        where schedule_id = s.id order by due_at desc limit ${HISTORY}) d`,
  );
  return schedules.map(({ channel, id, onDay, org, ownerId, recipients, team, webhookHost }) => ({
    id,
    org: org.slug,
    channel,
    onDay,
    team: team?.slug ?? null,
    recipients,
    webhookHost,
    owner: names.get(ownerId) ?? "",
    isOwn: ownerId === manager.id,
    nextDue: nextDue(channel, onDay, org.timeZone, now).toISOString(),
    deliveries: rows
      .filter(({ scheduleId }) => scheduleId === id)
      .map(({ dueAt, nextAt, scheduleId: _, sentAt, ...rest }) => ({
        ...rest,
        dueAt: dueAt.toISOString(),
        nextAt: nextAt?.toISOString() ?? null,
        sentAt: sentAt?.toISOString() ?? null,
      })),
  }));
}
