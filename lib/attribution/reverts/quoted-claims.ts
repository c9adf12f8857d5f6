import type { LandedChange } from "@/lib/attribution/types";
import { type Claims, nameOf, resolveReference } from "./claims";
import type { History } from "./history";
import type { Item } from "./signals";
import { normalTitle } from "./titles";

const WITH_NUMBER = /^(.*\S)\s*\((?:#|!)(\d+)\)$/;
const MERGE_TITLE = /^Merge (?:pull|merge) request (?:#|!)(\d+)\b/i;
const BETWEEN = /["”]\s*(?:,\s*and|,|and|&|\+)\s*["“]/;

/** `A (#1)" and "B (#2)` as its parts. */
export const quotedParts = (text: string): string[] => text.split(BETWEEN).map((part) => part.trim());

/** The number that a quoted title ends with, or that its merge subject carries; null when there is none. */
export function quotedNumber(text: string): number | null {
  const digits = MERGE_TITLE.exec(text)?.[1] ?? WITH_NUMBER.exec(text)?.[2] ?? /^(?:pr\s*)?[#!](\d+)$/i.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Targets that an item names by title and number together (`Revert "feat: x (#12)"`), where the commit ids beside it
 * are missing or not of this line. An item about a commit of the change's own branch claims nothing.
 */
export function quotedClaims(history: History, change: LandedChange, item: Item, claims: Claims): void {
  const cited = item.references.filter((r) => r.form === "list" && r.kind === "sha");
  if (cited.some((r) => resolveReference(history, change, r).kind !== "unknown")) return;
  for (const quoted of item.quoted) {
    for (const part of quotedParts(quoted.text)) {
      const number = quotedNumber(part);
      const target = number === null || number === change.number ? null : history.byPullRequest(number);
      if (target === null) continue;
      const title = WITH_NUMBER.exec(part)?.[1];
      if (title !== undefined && normalTitle(history.at(target).title) !== normalTitle(title)) continue;
      const text = `A commit of the change takes back the title and number of ${nameOf(history, target)}.`;
      claims.add(target, "strong", { rule: "revert:title", text, quote: part.slice(0, 200), at: item.at });
    }
  }
}
