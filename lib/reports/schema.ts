import { z } from "zod";
import { REPORT_CHANNELS } from "@/lib/core/report-schedules";

/** The body of `POST /api/v1/reports`. */
export const reportRequestSchema = z.strictObject({
  /** Such as `roi.xlsx`, as `GET /api/v1/exports/{report}` takes it. */
  report: z.string().min(1).max(60),
  /** What that takes as parameters. */
  query: z.record(z.string().max(60), z.union([z.string().max(4000), z.array(z.string().max(4000)).max(100)])),
});

export const reportItemSchema = z.strictObject({
  id: z.uuid(),
  report: z.string(),
  query: reportRequestSchema.shape.query,
  state: z.enum(["queued", "running", "done", "failed"]),
  step: z.string(),
  done: z.int(),
  total: z.int().nullable(),
  file: z.strictObject({ fileName: z.string(), bytes: z.int(), sha256: z.string() }).nullable(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const days = { firstDay: z.iso.date(), lastDay: z.iso.date() };

/** The body of `POST /api/v1/reports/schedules` and `POST /api/v1/reports/previews`. */
export const scheduleSchema = z
  .strictObject({
    org: z.string().min(1).max(200),
    channel: z.enum(REPORT_CHANNELS),
    onDay: z.int().min(1).max(28),
    team: z.string().min(1).max(200).nullable().default(null),
    recipients: z
      .array(z.email({ error: "must be an e-mail address" }).max(200))
      .max(30)
      .default([]),
    webhook: z
      .url({ error: "must be the address of a webhook", protocol: /^https?$/ })
      .max(1000)
      .nullable()
      .default(null),
  })
  .superRefine(({ channel, onDay, recipients, webhook }, context) => {
    const refuse = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: [path], message, input });
    if (channel === "mail") {
      if (recipients.length === 0) refuse("recipients", "names nobody: who gets it?", recipients);
      if (webhook !== null) refuse("webhook", "is for a chat", webhook);
      return;
    }
    if (onDay > 7) refuse("onDay", "is a day of the week: 1 (Monday) to 7", onDay);
    if (webhook === null) refuse("webhook", "is missing: where is it sent to?", webhook);
    if (recipients.length > 0) refuse("recipients", "are for mail", recipients);
  });

export const scheduleItemSchema = z.strictObject({
  id: z.uuid(),
  org: z.string(),
  channel: z.enum(REPORT_CHANNELS),
  onDay: z.int(),
  team: z.string().nullable(),
  recipients: z.array(z.string()),
  webhookHost: z.string().nullable(),
  owner: z.string(),
  isOwn: z.boolean(),
  nextDue: z.iso.datetime(),
  deliveries: z.array(
    z.strictObject({
      id: z.string(),
      dueAt: z.iso.datetime(),
      ...days,
      state: z.enum(["waiting", "sent", "failed"]),
      attempts: z.int(),
      nextAt: z.iso.datetime().nullable(),
      subject: z.string().nullable(),
      error: z.string().nullable(),
      sentAt: z.iso.datetime().nullable(),
    }),
  ),
});

export const previewSchema = z.strictObject({
  subject: z.string(),
  text: z.string(),
  files: z.array(z.strictObject({ fileName: z.string(), bytes: z.int() })),
  ...days,
});
