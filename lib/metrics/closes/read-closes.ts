import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { earliestClose } from "@/lib/core/fiscal-calendar";
import { dayOf, startOfMonth } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { coverageOf } from "@/lib/metrics/coverage";
import type { OrgEntry } from "@/lib/metrics/directory";
import { seesMoney } from "@/lib/metrics/money/cost-days";
import { selectPullRequests } from "@/lib/metrics/selection";
import { adjustmentsOf } from "./adjustments";
import { readMonths, spanOf } from "./month-content";
import { freeze, monthValues, thaw } from "./snapshot";
import { eventWatermark, type StoredClose, storedCloses } from "./stored-closes";
import type { CloseItem, MonthCloses, OpenMonth } from "./types";
import { storedVintages } from "./vintages";

const SETTLE_DAYS = 7;
/** Closed months that are looked at for what became known of them later: those before stay as they are. */
const LOOK_BACK = 24;
const DAY_MS = 86_400_000;

/** An organisation as its closes need it. */
interface Place {
  org: OrgEntry;
  /** What data are known of: from its first instant to where the first of its repositories ends. */
  known: { from: Date | null; to: Date; last: string } | null;
}

async function placeOf(scope: Scope, slug: string): Promise<Place> {
  if (!seesMoney(scope))
    throw new AppError({ code: "forbidden", message: "Money is shown to finance and administrators." });
  const { directory } = await openFacts(scope);
  const org = directory.orgs.find((one) => one.slug === slug);
  if (org === undefined) {
    throw new AppError({ code: "not_found", message: `There is no organisation ${slug}.`, pointer: "/org" });
  }
  const { repos } = selectPullRequests(directory, { org: [slug] });
  const [last] = repos.toSorted((a, b) => a.coverage.to.getTime() - b.coverage.to.getTime());
  const coverage = coverageOf(repos);
  return {
    org,
    known:
      coverage === null || last === undefined ? null : { from: coverage.from, to: coverage.allTo, last: last.value },
  };
}

function itemOf(stored: StoredClose, vintages: CloseItem["vintages"]): CloseItem {
  const { closedAt, closedBy, id, month, reopenReason, reopenedAt, reopenedBy, sha256, version } = stored;
  const { isIntact, snapshot } = thaw(stored.snapshot, sha256);
  const state = reopenedAt !== null ? "reopened" : version > 1 ? "restated" : "closed";
  return {
    id,
    month,
    version,
    state,
    by: closedBy,
    at: closedAt.toISOString(),
    sha256,
    isIntact,
    currency: snapshot.currency,
    values: snapshot.values,
    adjustments: snapshot.adjustments,
    vintages,
    reopened:
      reopenedAt === null ? null : { by: reopenedBy ?? "", at: reopenedAt.toISOString(), reason: reopenReason ?? "" },
  };
}

/** The latest version of each month. */
const latestOf = (stored: readonly StoredClose[]): StoredClose[] =>
  stored.filter(({ month }, index) => stored.findIndex((one) => one.month === month) === index);

const monthAfter = (month: string, later = 1): string => startOfMonth(`${month}-01`, later).slice(0, 7);

/** The months that lie whole within what is known, the latest first. */
function wholeMonths({ known, org }: Place): string[] {
  if (known === null) return [];
  const months: string[] = [];
  let month = dayOf(known.to, org.timeZone).slice(0, 7);
  for (;;) {
    month = monthAfter(month, -1);
    if (months.length === 36 || (known.from !== null && spanOf(month, org.timeZone).from < known.from)) return months;
    months.push(month);
  }
}

function reasonAgainst({ known, org }: Place, month: string, now: Date): string | null {
  const { to } = spanOf(month, org.timeZone);
  const [earliest, needed] = [earliestClose(to), new Date(to.getTime() + SETTLE_DAYS * DAY_MS)];
  if (now < earliest)
    return `it can be closed from ${dayOf(earliest, org.timeZone)} on: its pull requests are too young for the 7-day rates`;
  if (known === null || known.to < needed) {
    const reach =
      known === null ? "there are no data" : `data of ${known.last} are complete to ${dayOf(known.to, org.timeZone)}`;
    return `${reach}, and must reach ${dayOf(needed, org.timeZone)}`;
  }
  return null;
}

/** What a month would be frozen as now. */
async function draftOf(scope: Scope, place: Place, stored: readonly StoredClose[], month: string) {
  const earlier = latestOf(stored)
    .filter((one) => one.month < month && one.reopenedAt === null)
    .slice(0, LOOK_BACK)
    .map((one) => thaw(one.snapshot, one.sha256).snapshot)
    .reverse();
  const watermark = await eventWatermark();
  const months = await readMonths(scope, place.org, [...earlier.map((then) => then.month), month]);
  const closed = earlier.flatMap((then) => {
    const now = months.get(then.month)?.content ?? null;
    // What was closed in another currency than is planned in now stays as it was.
    return now === null || now.currency !== then.currency ? [] : [{ then, now }];
  });
  const posted = latestOf(stored).flatMap((one) =>
    one.month < month ? thaw(one.snapshot, one.sha256).snapshot.adjustments : [],
  );
  const { content, reason } = months.get(month) ?? { content: null, reason: null };
  return { content, reason, adjustments: adjustmentsOf(closed, posted), watermark };
}

async function openMonth(
  scope: Scope,
  place: Place,
  stored: readonly StoredClose[],
  month: string,
  now: Date,
): Promise<OpenMonth> {
  const { adjustments, content, reason } = await draftOf(scope, place, stored, month);
  return {
    month,
    earliest: earliestClose(spanOf(month, place.org.timeZone).to).toISOString(),
    reason: reasonAgainst(place, month, now) ?? reason,
    currency: content?.currency ?? null,
    values: content === null ? null : monthValues(content.parts, adjustments, content.currency),
    adjustments,
  };
}

/** The month that comes next: one that was opened again, or that after the last one that was closed. */
function nextMonth(stored: readonly StoredClose[]): string | null {
  const [latest] = stored;
  if (latest === undefined) return null;
  return latest.reopenedAt === null ? monthAfter(latest.month) : latest.month;
}

/**
 * The months of an organisation that were closed, and the one that is open.
 * @throws {AppError} `forbidden`, `not_found`
 */
export async function readCloses(scope: Scope, slug: string, now: Date): Promise<MonthCloses> {
  const place = await placeOf(scope, slug);
  const stored = await storedCloses(place.org.id);
  const next = nextMonth(stored);
  const vintages = await storedVintages(place.org.id);
  return {
    items: latestOf(stored).map((one) => itemOf(one, vintages.get(one.id) ?? [])),
    open: next === null ? null : await openMonth(scope, place, stored, next, now),
    first: next === null ? wholeMonths(place).filter((month) => reasonAgainst(place, month, now) === null) : [],
  };
}

/** What a month of an organisation is frozen as. */
export interface Frozen {
  orgId: number;
  month: string;
  /** Of the closes that it follows: the last of them must still be the last when it is kept. */
  after: { id: number; isReopened: boolean } | null;
  text: string;
  sha256: string;
}

/**
 * Freezes a month as it is now.
 * @throws {AppError} `unprocessable` with the reason why it cannot be closed, `forbidden`, `not_found`
 */
export async function freezeMonth(
  scope: Scope,
  { month, org }: { org: string; month: string },
  now: Date,
): Promise<Frozen> {
  const place = await placeOf(scope, org);
  const stored = await storedCloses(place.org.id);
  const refuse = (message: string) => new AppError({ code: "unprocessable", message, pointer: "/month" });
  const next = nextMonth(stored);
  if (next !== null && next !== month) {
    const isClosed = stored.some((one) => one.month === month);
    throw refuse(
      isClosed
        ? `${month} is closed already: what is known now is posted in ${next}.`
        : `Months are closed one after the other: ${next} comes next.`,
    );
  }
  const against = reasonAgainst(place, month, now);
  if (against !== null) throw refuse(`${month} cannot be closed: ${against}.`);
  const { adjustments, content, reason, watermark } = await draftOf(scope, place, stored, month);
  if (content === null) throw refuse(`${month} cannot be closed: ${reason ?? "there is no model of it"}.`);
  const { sha256, text } = freeze({ ...content, adjustments, watermark });
  const [latest] = stored;
  return {
    orgId: place.org.id,
    month,
    after: latest === undefined ? null : { id: latest.id, isReopened: latest.reopenedAt !== null },
    text,
    sha256,
  };
}

/**
 * A close as it was frozen.
 * @throws {AppError} `forbidden`, `not_found`
 */
export async function readClose(
  scope: Scope,
  id: string,
): Promise<{ text: string; sha256: string; isIntact: boolean }> {
  const { directory } = await openFacts(scope);
  for (const { id: orgId, slug } of directory.orgs) {
    await placeOf(scope, slug);
    const found = (await storedCloses(orgId)).find((one) => String(one.id) === id);
    if (found !== undefined) {
      return { text: found.snapshot, sha256: found.sha256, isIntact: thaw(found.snapshot, found.sha256).isIntact };
    }
  }
  throw new AppError({ code: "not_found", message: `There is no close ${id}.` });
}
