"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { formatCount, formatQuantity } from "@/lib/core/format";
import type { RuleAspect, RulePreview } from "@/lib/settings/types";
import { ASPECT_LABEL } from "./rule-words";

/** What rules would change: how many pull requests, in what, which of them, and what else follows. */
export function PreviewResult({ preview, children }: { preview: RulePreview; children: ReactNode }) {
  const { aspects, changed, closed, environments, examples, moves, pullRequests, reviews } = preview;
  const touched = (Object.keys(ASPECT_LABEL) as RuleAspect[]).filter((aspect) => aspects[aspect] > 0);
  return (
    <section aria-label="What would change" className="grid gap-3 rounded-md border p-4">
      <h3 className="num text-base font-[550]">
        {changed === 0
          ? `Nothing would change of ${formatQuantity(pullRequests, "merged pull request")}`
          : `${formatQuantity(changed, "pull request")} of ${formatCount(pullRequests)} would change`}
      </h3>
      {touched.length > 0 && (
        <ul className="num flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
          {touched.map((aspect) => (
            <li key={aspect}>
              {ASPECT_LABEL[aspect]}: {formatCount(aspects[aspect])}
            </li>
          ))}
        </ul>
      )}
      <ul className="num grid gap-1 text-sm text-ink-2">
        {closed > 0 && <li>{formatQuantity(closed, "pull request")} that were closed without a merge.</li>}
        {reviews > 0 && <li>{formatQuantity(reviews, "review")}: the reviewer becomes a person or a program.</li>}
        {environments.map(({ deployments, live, name }) => (
          <li key={name}>
            {formatQuantity(deployments, "deployment")} to {name} {live ? "would count as" : "would no longer be"}{" "}
            production.
          </li>
        ))}
      </ul>
      {moves.length > 0 && <DataTable caption="What becomes what" columns={MOVES} rows={moves} rowKey={keyOf} />}
      {examples.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer text-sm font-medium">
            {examples.length < changed ? `The first ${examples.length} of them` : "Which they are"}
          </summary>
          <ul className="mt-2 grid gap-2 text-sm">
            {examples.map(({ changes, id, number, repo, title }) => (
              <li key={id}>
                <Link prefetch={false} href={`/pull-requests/${id}`} className="underline underline-offset-3">
                  {repo} #{number}
                </Link>{" "}
                {title}
                <span className="block text-note text-ink-3">
                  {changes.length === 0
                    ? "Lines of production code"
                    : changes.map(({ aspect, from, to }) => `${ASPECT_LABEL[aspect]}: ${from} → ${to}`).join(" · ")}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {children}
    </section>
  );
}

const keyOf = ({ aspect, from, to }: RulePreview["moves"][number]) => `${aspect} ${from} ${to}`;

const MOVES: DataColumn<RulePreview["moves"][number]>[] = [
  { id: "aspect", header: "What", rowHeader: true, cell: ({ aspect }) => ASPECT_LABEL[aspect] },
  { id: "from", header: "From", cell: ({ from }) => from },
  { id: "to", header: "To", cell: ({ to }) => to },
  {
    id: "count",
    header: "Pull requests",
    align: "right",
    sortValue: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
];
