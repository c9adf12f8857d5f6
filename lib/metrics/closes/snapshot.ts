import { createHash } from "node:crypto";
import { toMinor } from "@/lib/core/money";
import { valuesOf } from "@/lib/metrics/money/types";
import { termsOf } from "@/lib/roi/engine/inputs";
import { unitEconomics } from "@/lib/roi/engine/unit-economics";
import type { Adjustment, ClosedPart, CloseSnapshot, MonthLine, MonthValues } from "./types";

const TOTAL = "total";

/**
 * What a month came to: benefit is what each merged pull request brought, cost what was paid, what is said to be paid and the
 * hours of people; each posted once, in minor units.
 */
function lineOf({ inputs, key, merged, spending }: ClosedPart, currency: string): MonthLine {
  // What merged nothing brought nothing, whatever one would have brought.
  const each = inputs === null ? null : unitEconomics(termsOf(valuesOf(inputs))).benefit;
  const brought = each === null ? 0n : toMinor(each.times(merged), currency);
  const paid = toMinor(spending?.total ?? "0", currency);
  return { part: key, merged, benefit: String(brought), cost: String(paid), net: String(brought - paid) };
}

/** The figures of a month, from what is frozen of it and nothing else. */
export function monthValues(
  parts: readonly ClosedPart[],
  adjustments: readonly Adjustment[],
  currency: string,
): MonthValues {
  const lines = parts.map((part) => lineOf(part, currency));
  const sum = (amounts: readonly string[]) => amounts.reduce((all, amount) => all + BigInt(amount), 0n);
  const [benefit, cost] = [sum(lines.map((line) => line.benefit)), sum(lines.map((line) => line.cost))];
  const posted = (line: Adjustment["line"]) =>
    sum(adjustments.filter((one) => one.line === line).map(({ minor }) => minor));
  const [later, laterCost] = [posted("benefit"), posted("cost")];
  return {
    parts: lines,
    total: {
      part: TOTAL,
      merged: parts.reduce((all, { merged }) => all + merged, 0),
      benefit: String(benefit),
      cost: String(cost),
      net: String(benefit - cost),
    },
    adjusted: { benefit: String(later), cost: String(laterCost), net: String(later - laterCost) },
    net: String(benefit - cost + later - laterCost),
    isPartial: parts.some(({ spending }) => spending?.isPartial === true),
  };
}

/** Keys in order, so that the same content is the same text. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, own]) => [key, ordered(own)]),
  );
}

/** The same content as the same text, in whatever order its keys were put. */
export const canonicalText = (value: unknown): string => JSON.stringify(ordered(value));

/** What is frozen of a month, with its figures, as text and the hash of it. */
export function freeze(content: Omit<CloseSnapshot, "values">): { text: string; sha256: string; values: MonthValues } {
  const values = monthValues(content.parts, content.adjustments, content.currency);
  const text = canonicalText({ ...content, values });
  return { text, sha256: createHash("sha256").update(text).digest("hex"), values };
}

/** Reads what was frozen, works its figures out again, and says whether it comes to the same bytes. */
export function thaw(text: string, sha256: string): { snapshot: CloseSnapshot; isIntact: boolean } {
  const snapshot = JSON.parse(text) as CloseSnapshot;
  const { values: _, ...content } = snapshot;
  const again = freeze(content);
  return { snapshot, isIntact: again.text === text && again.sha256 === sha256 };
}

/** The amount of a line of a part, in minor units; nothing where the part is not there. */
export const amountIn = ({ parts }: Pick<MonthValues, "parts">, part: string, line: Adjustment["line"]): bigint =>
  BigInt(parts.find((one) => one.part === part)?.[line] ?? "0");
