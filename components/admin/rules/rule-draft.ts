import type { OwnRules } from "@/lib/core/own-rules";

/** Rules under the reader's hands: rows have no name of their own, so they are given one; patterns are lines of text. */
export type RuleDraft = {
  [Kind in keyof OwnRules]: OwnRules[Kind] extends string[] ? string : DraftRow[];
};

/** One rule as its fields hold it. */
export interface DraftRow {
  key: number;
  values: Record<string, string>;
}

let next = 0;

/** A row with these values. */
export function draftRow(values: Record<string, string>): DraftRow {
  next += 1;
  return { key: next, values };
}

const rowsOf = (rules: readonly Record<string, string>[]): DraftRow[] => rules.map((values) => draftRow({ ...values }));

/** Rules as something to edit. */
export function toDraft(rules: OwnRules): RuleDraft {
  return {
    accounts: rowsOf(rules.accounts),
    branches: rowsOf(rules.branches),
    labels: rowsOf(rules.labels),
    categories: rowsOf(rules.categories),
    excludedBranches: rowsOf(rules.excludedBranches),
    sensitivePaths: rules.sensitivePaths.join("\n"),
    generatedFiles: rules.generatedFiles.join("\n"),
    productionEnvironments: rules.productionEnvironments.join("\n"),
  };
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What was edited, as it is sent: the server says what is wrong with it. */
export function fromDraft(draft: RuleDraft): Record<keyof OwnRules, unknown[]> {
  const values = (rows: DraftRow[]) => rows.map((row) => row.values);
  return {
    accounts: values(draft.accounts),
    branches: values(draft.branches),
    labels: values(draft.labels),
    categories: values(draft.categories),
    sensitivePaths: linesOf(draft.sensitivePaths),
    generatedFiles: linesOf(draft.generatedFiles),
    excludedBranches: values(draft.excludedBranches),
    productionEnvironments: linesOf(draft.productionEnvironments),
  };
}

/** What is wrong with one kind of rule, with which of them, as the server said it; null when it is about something else. */
export function problemOf(
  kind: keyof OwnRules,
  { message, pointer }: { message: string; pointer: string | null },
): string | null {
  const [, where, which, index] = pointer?.split("/") ?? [];
  if (where !== "rules" || which !== kind) return null;
  return index === undefined ? message : `Rule ${Number(index) + 1}: ${message}`;
}
