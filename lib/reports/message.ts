import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/core/env";
import type { DueReport } from "@/lib/core/report-schedules";

/** A file that goes with a message. */
export interface Attachment {
  fileName: string;
  contentType: string;
  bytes: Buffer;
}

/** What is sent, in words that every channel has. */
export interface Message {
  subject: string;
  /** Paragraphs and lists in their order. */
  parts: ({ text: string } | { list: readonly { text: string; href: string | null }[] })[];
  link: { label: string; href: string };
  files: readonly Attachment[];
}

/** Of whom and when a message is, and for whose eyes. */
export interface Subject extends Pick<DueReport, "firstDay" | "lastDay"> {
  scope: Scope;
  org: { slug: string; name: string; timeZone: string };
  team: { slug: string; name: string } | null;
}

/** The address of a page for the days and the team of a message. */
export function pageOf(path: string, { firstDay, lastDay, org, team }: Subject): string {
  const parameters = new URLSearchParams({ period: "custom", from: firstDay, to: lastDay, org: org.slug });
  if (team !== null) parameters.set("team", team.slug);
  return `${env().appUrl}${path}?${parameters}`;
}

/** A message as plain text. */
export function textOf({ link, parts }: Pick<Message, "parts" | "link">): string {
  const blocks = parts.map((part) =>
    "text" in part
      ? part.text
      : part.list.map(({ href, text }) => `- ${text}${href === null ? "" : `\n  ${href}`}`).join("\n"),
  );
  return `${[...blocks, `${link.label}: ${link.href}`].join("\n\n")}\n`;
}
