import type { ReportChannel } from "@/lib/core/report-schedules";

/** What somebody asks for: a report by its name, and what it is asked as parameters of a URL. */
export interface ReportRequest {
  /** Such as `roi.xlsx`. */
  report: string;
  query: Record<string, string | string[]>;
}

/** A report that is whole. */
export interface MadeReport {
  fileName: string;
  bytes: number;
  sha256: string;
}

/** A report that somebody asked for, and how far it is. */
export interface ReportItem {
  id: string;
  report: string;
  query: ReportRequest["query"];
  state: "queued" | "running" | "done" | "failed";
  step: string;
  done: number;
  total: number | null;
  /** null until it is whole, and when it was deleted. */
  file: MadeReport | null;
  error: string | null;
  createdAt: string;
}

/** What is sent by itself, as somebody asks for it. */
export interface ScheduleInput {
  /** Slug of the organisation. */
  org: string;
  channel: ReportChannel;
  /** Of the month (1 to 28) for mail, of the week (1: Monday, to 7) for a chat. */
  onDay: number;
  /** Slug; null: all teams that its owner sees. */
  team: string | null;
  /** Addresses, for mail. */
  recipients: string[];
  /** Address of a chat's webhook. */
  webhook: string | null;
}

/** One time that a report was due, or was asked for, and what became of it. */
export interface DeliveryItem {
  id: string;
  dueAt: string;
  firstDay: string;
  lastDay: string;
  state: "waiting" | "sent" | "failed";
  attempts: number;
  /** When it is tried again; null: it is not. */
  nextAt: string | null;
  subject: string | null;
  error: string | null;
  sentAt: string | null;
}

/** What is sent by itself. */
export interface ScheduleItem extends Omit<ScheduleInput, "webhook"> {
  id: string;
  /** Of a chat's webhook; the rest of its address is a secret. */
  webhookHost: string | null;
  /** Who asked for it: it holds what they may see. */
  owner: string;
  isOwn: boolean;
  nextDue: string;
  /** The latest first. */
  deliveries: DeliveryItem[];
}

/** What would be sent, if it were due now. */
export interface ReportPreview {
  subject: string;
  text: string;
  files: { fileName: string; bytes: number }[];
  firstDay: string;
  lastDay: string;
}
