import "server-only";
import { requireCaller } from "@/lib/auth/loaders";
import { listReports } from "./report-files";
import { listSchedules } from "./schedules";
import { canSendMail } from "./send-mail";
import type { ReportItem, ScheduleItem } from "./types";

/** Reports that whoever looks had made. */
export async function loadReports(): Promise<{ items: ReportItem[] }> {
  const { id } = await requireCaller("exports:read");
  return { items: await listReports(id) };
}

/** Reports that are sent by themselves, as whoever looks may see them. */
export async function loadSchedules(): Promise<{ items: ScheduleItem[]; canSendMail: boolean }> {
  const caller = await requireCaller("exports:read");
  return { items: await listSchedules(caller, new Date()), canSendMail: canSendMail() };
}
