import { formatDate, formatDateRange, formatMonth } from "@/lib/core/format";
import type { ReportChannel } from "@/lib/core/report-schedules";
import type { DeliveryItem, ScheduleItem } from "@/lib/reports/types";

export const CHANNEL_WORDS: Readonly<Record<ReportChannel, string>> = {
  mail: "Each month by e-mail, with what it brings and costs",
  slack: "Each week to Slack, or what takes its messages",
  teams: "Each week to Microsoft Teams",
};

/** 2024-01-01 was a Monday. */
export const WEEKDAYS = Array.from({ length: 7 }, (_, index) =>
  new Intl.DateTimeFormat("en-US", { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + index))),
);

const noon = (day: string) => `${day}T12:00:00Z`;

/** To whom a report goes. */
export const goesTo = ({ recipients, webhookHost }: Pick<ScheduleItem, "recipients" | "webhookHost">): string =>
  webhookHost ?? recipients.join(", ");

/** On which day it goes. */
export const goesOn = ({ channel, onDay }: Pick<ScheduleItem, "channel" | "onDay">): string =>
  channel === "mail" ? `On day ${onDay} of the month` : `On ${WEEKDAYS[onDay - 1]}`;

/** What a delivery is about. */
export const aboutOf = ({ firstDay, lastDay }: Pick<DeliveryItem, "firstDay" | "lastDay">): string =>
  firstDay.slice(8) === "01" && firstDay.slice(0, 7) === lastDay.slice(0, 7)
    ? formatMonth(noon(firstDay), "UTC")
    : formatDateRange(noon(firstDay), noon(lastDay), "UTC");

/** How a delivery is, in a few words. */
export function stateOf({ attempts, nextAt, sentAt, state }: DeliveryItem, timeZone: string): string {
  if (state === "sent") return sentAt === null ? "Sent" : `Sent on ${formatDate(sentAt, timeZone)}`;
  if (state === "failed") return `Failed after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;
  return attempts === 0 || nextAt === null ? "On its way" : `Attempt ${attempts} failed, the next one follows`;
}
