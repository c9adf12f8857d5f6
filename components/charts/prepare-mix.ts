import { formatCount, formatPercent } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";

export interface MixBar<Word extends string = string> {
  word: Word;
  label: string;
  /** Length against the longest bar, 0..1. */
  length: number;
  /** Empty where there are too few for a percentage. */
  share: string;
  count: string;
}

/** The words of a closed vocabulary, in its order, and how they are called. */
interface Vocabulary<Word extends string> {
  dimension: "category" | "cause";
  words: readonly Word[];
  labels: Readonly<Record<Word, string>>;
}

/** Shares of the words of a vocabulary, in its order, so that two periods can be laid side by side. */
export function prepareMix<Word extends string>(
  rows: readonly MetricRow[],
  { dimension, labels, words }: Vocabulary<Word>,
): MixBar<Word>[] {
  const byWord = new Map(rows.map((row) => [row.group[dimension], row]));
  const longest = Math.max(0, ...rows.map((row) => row.value ?? 0));
  return words.map((word) => {
    const row = byWord.get(word);
    const share = row?.value ?? 0;
    return {
      word,
      label: labels[word],
      length: longest === 0 ? 0 : share / longest,
      share: row?.value == null || row.flags.includes("few") ? "" : formatPercent(share, 1),
      count: formatCount(row?.k ?? 0),
    };
  });
}
