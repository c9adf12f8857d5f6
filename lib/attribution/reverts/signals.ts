import type { LandedChange } from "@/lib/attribution/types";
import type { History } from "./history";
import { type Reference, readReferences } from "./references";
import { normalTitle } from "./titles";
import { type QuotedTitle, readWording, type Wording } from "./wording";

/** One commit of the branch, as a squash message lists it or as it stood on the branch; or a whole message. */
export interface Item {
  subject: string;
  wording: Wording;
  references: Reference[];
  /** Titles that its lines put in quotes after the verb: `Revert "feat: x (#12)"`. */
  quoted: QuotedTitle[];
  /** Where it was read: `message`, `body`, or the id of a branch commit. */
  at: string;
  /** The first item, the only one, or the one with the pull request's own title. */
  leads: boolean;
}

export interface Signals {
  title: string;
  wording: Wording;
  /** Items that say something about a revert or a re-land. */
  items: readonly Item[];
  /** The message is a list of commits, as a squash leaves it; told where there are items. */
  listsCommits: boolean;
  /** Share of the items that say so, 0..1. */
  itemShare: number;
  /** `revert-<N>-…`: the branch that GitHub's button makes. */
  branchNumber: number | null;
}

/** What of the line a branch may carry along: other pull requests' squash commits, and the line's own commits. */
type Landed = Pick<History, "titleOf" | "holds">;

const MENTIONS =
  /rever[ts]|roll\w{0,4}[ -]?back|back\w{0,4}[ -]?out|undo|undid|un-?ship|re-?land|re-?appl|roll\w{0,4}[ -]?forward|culprit|offending|original\s(?:pr|pull|commit|change|merge)/i;
const LISTS_COMMITS = /^\* \S/m;
const SAYS_NOTHING = readWording("");
const HEAD_BRANCH = /^(?:[^/]+[:/])?revert-(\d+)-/;
const MERGE_SUBJECT = /^Merge (?:branch|pull request|remote-tracking|commit|tag)\b|^Initial plan$/i;
const QUOTED_START = 80;
const QUOTED_LINE = /^\s*(?:[*-]\s+)?(?:[\w()-]+!?:\s+)?[\w -]{4,24}:?\s+["“'`]/;
const TRAILING_NUMBER = /^(.*\S)\s*\((?:#|!)(\d+)\)$/;

/** Reads all texts of one change. Never throws. */
export function readSignals(change: LandedChange, landed: Landed): Signals {
  const title = wholeTitle(change);
  const mentions = mentionsRevert(change);
  const { items, itemShare } = mentions ? readAllItems(change, title, landed) : NO_ITEMS;
  return {
    title,
    wording: readWording(title),
    items,
    listsCommits: mentions && LISTS_COMMITS.test(change.message),
    itemShare,
    branchNumber: branchNumberOf(change.headRef),
  };
}

function mentionsRevert({ message, body, own }: LandedChange): boolean {
  if (MENTIONS.test(message) || (body !== null && MENTIONS.test(body))) return true;
  return own.some((commit) => MENTIONS.test(commit.message));
}

function branchNumberOf(headRef: string | null): number | null {
  const number = headRef?.includes("revert-") ? HEAD_BRANCH.exec(headRef)?.[1] : undefined;
  return number === undefined ? null : Number(number);
}

type Items = Pick<Signals, "items" | "itemShare">;
const NO_ITEMS: Items = { items: [], itemShare: 0 };

function readAllItems(change: LandedChange, title: string, landed: Landed): Items {
  const messageItems = readItems(messageBody(change), "message", change, landed);
  const ownItems = change.own.flatMap((commit) => {
    if (landed.holds(commit.sha)) return [];
    return MENTIONS.test(commit.message) ? readItem(commit.message, commit.sha, change, landed) : [blank(commit)];
  });
  const bodyItems = change.body !== null && MENTIONS.test(change.body) ? [bodyItem(change.body)] : [];
  const leading = messageItems.some(speaks) || ownItems.length === 0 ? messageItems : ownItems;
  const first = leading[0];
  if (first) first.leads = true;
  const items = [...bodyItems, ...messageItems, ...ownItems].filter(
    (item) => speaks(item) || item.references.length > 0 || item.wording.action !== null,
  );
  for (const item of items) item.leads ||= item.subject !== "" && sameTitle(item.subject, title);
  return { items, itemShare: leading.length === 0 ? 0 : leading.filter(speaks).length / leading.length };
}

const speaks = (item: Item): boolean => item.quoted.length > 0 || item.references.some((r) => r.form === "list");

/** GitHub cuts a long subject and goes on in the first line of the body, with an ellipsis on either side. */
function wholeTitle(change: LandedChange): string {
  if (!change.title.endsWith("…") && !change.title.endsWith("...")) return change.title;
  const [subject = "", ...rest] = change.message.split("\n");
  const next = rest.find((line) => line.trim() !== "") ?? "";
  const continued = /^(?:…|\.\.\.)(.*)$/.exec(next);
  if (!continued?.[1] || !subject.startsWith(change.title.replace(/(?:…|\.\.\.)$/, "").trim())) return change.title;
  const joined = change.title.replace(/(?:…|\.\.\.)$/, "") + continued[1];
  return change.number === null ? joined : joined.replace(new RegExp(`\\s*\\(#${change.number}\\)$`), "");
}

/** The message without its subject; of a merge also without the line that repeats the title. */
function messageBody(change: LandedChange): string {
  const end = change.message.indexOf("\n");
  if (end < 0) return "";
  const body = change.message.slice(end + 1).replace(/^\s+/, "");
  if (!change.message.startsWith("Merge ")) return body;
  return body.startsWith(change.title) ? body.slice(change.title.length).replace(/^\s+/, "") : body;
}

/** Items of a squash message. Below another pull request's squash commit, items that are not the branch's are its. */
function readItems(text: string, at: string, change: LandedChange, landed: Landed): Item[] {
  if (text === "" || !MENTIONS.test(text)) return [];
  const parts = text.split(/^\* (?=\S)/m);
  if (parts.length === 1) return readItem(text, at, change, landed);
  const own = new Set(change.own.map((commit) => firstLine(commit.message)));
  const kept = parts[0]?.trim() ? [parts[0]] : [];
  let carried = false;
  for (const part of parts.slice(1)) {
    carried =
      isForeignSquash(firstLine(part), change, landed) || (carried && own.size > 0 && !own.has(firstLine(part)));
    if (!carried) kept.push(part);
  }
  return kept.flatMap((part) => readItem(part, at, change, landed));
}

function readItem(text: string, at: string, change: LandedChange, landed: Landed): Item[] {
  const trimmed = text.trim();
  const subject = firstLine(trimmed);
  if (subject === "" || MERGE_SUBJECT.test(subject) || isForeignSquash(subject, change, landed)) return [];
  const quoted = quotedTitles(trimmed);
  return [{ subject, wording: readWording(subject), references: readReferences(trimmed), quoted, at, leads: false }];
}

function quotedTitles(text: string): QuotedTitle[] {
  return text.split("\n").flatMap((line) => {
    const { action, quoted } = QUOTED_LINE.test(line.slice(0, QUOTED_START))
      ? readWording(line)
      : { action: null, quoted: null };
    return action === null || quoted === null ? [] : [quoted];
  });
}

function blank(commit: { sha: string; message: string }): Item {
  return {
    subject: firstLine(commit.message),
    wording: SAYS_NOTHING,
    references: [],
    quoted: [],
    at: commit.sha,
    leads: false,
  };
}

/** A description is one item: it leads when the sentence is its first line or stands alone on a line. */
function bodyItem(body: string): Item {
  const references = readReferences(body);
  const first = body.split("\n").find((line) => line.trim() !== "" && !/^\s*(?:#|<!--)/.test(line)) ?? "";
  const leads = references.some((r) => r.wholeLine || first.trim().startsWith(r.quote.slice(0, 60)));
  return { subject: "", wording: SAYS_NOTHING, references, quoted: quotedTitles(body), at: "body", leads };
}

/** A rebased branch carries other pull requests' squash commits: what those say happened elsewhere. */
function isForeignSquash(subject: string, change: LandedChange, landed: Landed): boolean {
  const match = TRAILING_NUMBER.exec(subject);
  if (!match?.[1] || Number(match[2]) === change.number) return false;
  const title = landed.titleOf(Number(match[2]));
  return title !== null && normalTitle(title) === normalTitle(match[1]) && !sameTitle(subject, change.title);
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return (end < 0 ? text : text.slice(0, end)).trim();
}

const sameTitle = (a: string, b: string): boolean => normalTitle(a) === normalTitle(b);
