"use client";

import { useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMay } from "@/components/layout/workspace-context";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/core/format";
import { MILESTONE_LABEL } from "@/lib/core/milestones";
import type { Milestone } from "@/lib/settings/types";
import { MilestoneEffect } from "./milestone-effect";
import { MilestoneForm } from "./milestone-form";
import { usePageMilestones } from "./use-trend-milestones";

/** What was changed about how agents work, when, and how their work fared before and after. */
export function MilestonesPanel({ scope }: { scope: PageScope }) {
  const milestones = usePageMilestones(scope);
  const may = useMay("verdicts:write");
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = milestones.find(({ id }) => id === chosen) ?? milestones[0];
  return (
    <ReportPanel
      title="What did you change, and what followed?"
      note="A new issue template, an index of the code, another model: mark the day, and every chart over time shows it."
      className="lg:col-span-2"
    >
      {milestones.length > 0 && <MilestoneTable milestones={milestones} shown={shown} onShow={setChosen} />}
      {shown !== undefined && <MilestoneEffect key={shown.id} milestone={shown} scope={scope} />}
      {may ? (
        <MilestoneForm scope={scope} onAdded={setChosen} />
      ) : (
        milestones.length === 0 && <p className="text-ink-2">Nothing is marked yet. Whoever leads a team can do so.</p>
      )}
    </ReportPanel>
  );
}

function MilestoneTable({
  milestones,
  shown,
  onShow,
}: {
  milestones: readonly Milestone[];
  shown: Milestone | undefined;
  onShow: (id: number) => void;
}) {
  const nameOf = useNameOf();
  const may = useMay("verdicts:write");
  const change = useChange([queryKeys.milestones]);
  const columns: DataColumn<Milestone>[] = [
    { id: "day", header: "Day", sortValue: ({ day }) => day, cell: ({ day }) => formatDate(`${day}T12:00:00Z`, "UTC") },
    { id: "title", header: "What was changed", rowHeader: true, sortValue: ({ title }) => title, cell: titleOf },
    {
      id: "team",
      header: "For",
      className: "max-md:hidden",
      sortValue: ({ team }) => team ?? "",
      cell: ({ team }) => (team === null ? "Everybody" : nameOf("team", team)),
    },
    {
      id: "actions",
      header: "Action",
      align: "right",
      cell: ({ id, title }) => (
        <span className="inline-flex justify-end gap-1.5 max-md:flex-col">
          <Button
            size="sm"
            variant={shown?.id === id ? "secondary" : "outline"}
            aria-pressed={shown?.id === id}
            aria-label={`Before and after: ${title}`}
            onClick={() => onShow(id)}
          >
            Before and after
          </Button>
          {may && (
            <Button
              size="sm"
              variant="outline"
              aria-label={`Remove: ${title}`}
              disabled={change.isPending}
              onClick={() => change.mutate({ url: `/api/v1/milestones/${id}`, method: "DELETE" })}
            >
              Remove
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="What was changed"
      columns={columns}
      rows={milestones}
      rowKey={({ id }) => String(id)}
      fold={6}
    />
  );
}

const titleOf = ({ kind, title }: Milestone) => (
  <>
    {title} <span className="text-note text-ink-3">{MILESTONE_LABEL[kind]}</span>
  </>
);
