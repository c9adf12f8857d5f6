import { formatMonth, formatQuantity } from "@/lib/core/format";
import { modelInputWords } from "@/lib/core/roi-inputs";
import { addDays, dayOf, startOfDay } from "@/lib/core/zoned-time";
import type { Download } from "@/lib/exports/download";
import { reportDownload } from "@/lib/exports/report";
import { answerSentences, roiAnswer } from "@/lib/exports/roi/answer";
import { type RoiReport, readRoiReport } from "@/lib/metrics/money/read-report";
import { type Attachment, type Message, pageOf, type Subject } from "./message";

async function attachmentOf({ chunks, contentType, fileName }: Download): Promise<Attachment> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk);
  return { fileName, contentType, bytes: Buffer.concat(parts) };
}

function sentencesOf(report: RoiReport): { headline: string; rest: string[] } {
  const answer = roiAnswer(report);
  if (answer !== null) {
    const { answer: headline, from, rests } = answerSentences(answer);
    const { spending } = report.models.whole;
    const merged =
      spending === null ? [] : [`Agents merged ${formatQuantity(spending.merged, "pull request")} in this month.`];
    return { headline, rest: [from, ...merged, rests] };
  }
  const { missing, reason } = report.models.whole;
  const lacking = missing.map((key) => modelInputWords(key).label.toLowerCase()).join(", ");
  return {
    headline: "Whether agents pay cannot be said of this month.",
    rest: [
      `Why: ${reason ?? "nothing is known"}.`,
      ...(lacking === "" ? [] : [`Still to enter on the page ROI: ${lacking}.`]),
    ],
  };
}

/**
 * The return on investment of a month: the answer in words, two pages for a board, and the workbook.
 * @throws {AppError} `forbidden` for whoever sees no money
 */
export async function monthlyMail(subject: Subject): Promise<Message> {
  const { firstDay, lastDay, org, scope, team } = subject;
  const { timeZone } = org;
  const [from, to] = [startOfDay(firstDay, timeZone), startOfDay(addDays(lastDay, 1), timeZone)];
  const report = await readRoiReport(scope, {
    from: from.toISOString(),
    to: to.toISOString(),
    timeZone,
    filters: { org: [org.slug], ...(team !== null && { team: [team.slug] }) },
  });
  const { headline, rest } = sentencesOf(report);
  const { asOf } = report.models;
  const late =
    asOf === null || Date.parse(asOf) < to.getTime()
      ? [{ text: `This month is not whole: data reach to ${asOf === null ? "no day yet" : dayOf(asOf, timeZone)}.` }]
      : [];
  const of = team === null ? org.name : `${team.name}, ${org.name}`;
  return {
    subject: `${of}, ${formatMonth(`${firstDay}T12:00:00Z`, "UTC")}: ${headline}`,
    parts: [{ text: headline }, ...rest.map((text) => ({ text })), ...late],
    link: { label: "Look at it, with where every figure comes from", href: pageOf("/roi", subject) },
    files: [
      await attachmentOf(reportDownload.roi({ report: "roi", format: "pdf" }, report)),
      await attachmentOf(reportDownload.roi({ report: "roi", format: "xlsx" }, report)),
    ],
  };
}
