import { AUTHOR_KIND_LABEL, AUTHOR_KINDS } from "@/lib/core/dimensions";
import { formatCount, formatList, formatQuantity } from "@/lib/core/format";
import type { ImportOutcome } from "@/lib/settings/types";

/** What an import found, in sentences. */
export function outcomeSentences(outcome: ImportOutcome): string[] {
  const { byAgent, byAuthorKind, direct, merged, rolledBack, rolledBack7d, unresolved } = outcome;
  if (merged === 0)
    return [`No merged pull request was found, ${formatQuantity(direct, "direct push", "direct pushes")}.`];
  const kinds = AUTHOR_KINDS.filter((kind) => (byAuthorKind[kind] ?? 0) > 0).map(
    (kind) => `${formatCount(byAuthorKind[kind] ?? 0)} ${AUTHOR_KIND_LABEL[kind].toLowerCase()}`,
  );
  const agents = byAgent.map(({ name, merged: count }) => `${name} ${formatCount(count)}`);
  return [
    `${formatQuantity(merged, "merged pull request")}: ${formatList(kinds)}.`,
    ...(agents.length === 0 ? ["No agent left a mark."] : [`${formatList(agents)}.`]),
    `${formatCount(rolledBack)} rolled back, ${formatCount(rolledBack7d)} of them within 7 days${unresolved === 0 ? "" : `; ${formatQuantity(unresolved, "revert")} unresolved`}.`,
    ...(outcome.added === 0 ? ["Nothing was new since the import before."] : []),
  ];
}
