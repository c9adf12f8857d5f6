import { FormAlert } from "@/components/account/form-alert";
import { DataTable } from "@/components/data-table/data-table";
import { organisationsInView, type PageScope } from "@/components/filters/page-scope";
import { useFilters, useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useScheduleChange, useSchedules } from "@/components/query/use-reports";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/core/format";
import { REPORT_CHANNELS } from "@/lib/core/report-schedules";
import type { ScheduleItem } from "@/lib/reports/types";
import { ScheduleForm } from "./schedule-form";
import { aboutOf, CHANNEL_WORDS, goesOn, goesTo, stateOf } from "./schedule-words";

const FOLD = 10;

/** Reports that are sent by themselves: the way to have one sent, those that are, and what became of each. */
export function SchedulesPanel({ scope }: { scope: PageScope }) {
  const { dimensions, me } = useWorkspace();
  const [state] = useFilters();
  const { data } = useSchedules();
  const channels = REPORT_CHANNELS.filter((channel) =>
    me.permissions.includes(channel === "mail" ? "money:write" : "verdicts:write"),
  );
  if (channels.length === 0 || data === undefined) return null;
  return (
    <ReportPanel
      title="What is sent by itself?"
      note="The month for a board as two pages and a workbook, the week for those who lead; at eight in the morning of the organisation’s day."
    >
      <ScheduleForm orgs={organisationsInView(state, dimensions)} channels={channels} canSendMail={data.canSendMail} />
      <Schedules items={data.items} timeZone={scope.timeZone} />
    </ReportPanel>
  );
}

function Schedules({ items, timeZone }: { items: readonly ScheduleItem[]; timeZone: string }) {
  const nameOf = useNameOf();
  const change = useScheduleChange();
  if (items.length === 0) return null;
  const history = items.flatMap((item) => item.deliveries.map((delivery) => ({ ...delivery, item })));
  return (
    <>
      <div className="mt-5 border-t pt-3">
        <h3 className="mb-1 text-sm font-medium">Sent by itself</h3>
        <FormAlert message={change.error?.message ?? null} />
        <DataTable
          caption="Reports that are sent by themselves"
          rows={items}
          rowKey={({ id }) => id}
          fold={FOLD}
          columns={[
            {
              id: "what",
              header: "What",
              rowHeader: true,
              cell: ({ channel, isOwn, org, owner, team }) => (
                <span className="block whitespace-normal">
                  {CHANNEL_WORDS[channel]}
                  <span className="block text-note font-normal text-ink-3">
                    {team === null ? org : nameOf("team", team)}
                    {!isOwn && `, for ${owner}`}
                  </span>
                </span>
              ),
            },
            {
              id: "to",
              header: "To",
              cell: (item) => <span className="whitespace-normal [overflow-wrap:anywhere]">{goesTo(item)}</span>,
            },
            {
              id: "next",
              header: "Next",
              className: "max-md:hidden",
              cell: (item) => (
                <>
                  {formatDate(item.nextDue, timeZone)}
                  <span className="block text-note text-ink-3">{goesOn(item)}</span>
                </>
              ),
            },
            {
              id: "change",
              header: "Change",
              align: "right",
              cell: (item) => (
                <span className="flex flex-wrap justify-end gap-2">
                  <Button
                    variant="outline"
                    size="sm"
                    disabled={change.isPending}
                    aria-label={`Send now to ${goesTo(item)}`}
                    onClick={() => change.mutate({ method: "POST", path: `/${item.id}/deliveries` })}
                  >
                    Send now
                  </Button>
                  <Button
                    variant="outline"
                    size="sm"
                    disabled={change.isPending}
                    aria-label={`Remove what goes to ${goesTo(item)}`}
                    onClick={() => change.mutate({ method: "DELETE", path: `/${item.id}` })}
                  >
                    Remove
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </div>
      {history.length > 0 && (
        <div className="mt-5 border-t pt-3">
          <h3 className="mb-1 text-sm font-medium">What became of each</h3>
          <DataTable
            caption="Reports that were sent"
            rows={history.toSorted((a, b) => (a.dueAt < b.dueAt ? 1 : -1))}
            rowKey={({ id }) => id}
            fold={FOLD}
            columns={[
              {
                id: "about",
                header: "About",
                rowHeader: true,
                cell: (delivery) => (
                  <span className="block whitespace-normal">
                    {aboutOf(delivery)}
                    {delivery.subject !== null && (
                      <span className="block text-note font-normal text-ink-3">{delivery.subject}</span>
                    )}
                  </span>
                ),
              },
              {
                id: "to",
                header: "To",
                className: "max-md:hidden",
                cell: ({ item }) => <span className="whitespace-normal [overflow-wrap:anywhere]">{goesTo(item)}</span>,
              },
              {
                id: "state",
                header: "State",
                cell: (delivery) => (
                  <span className="block whitespace-normal">
                    {stateOf(delivery, timeZone)}
                    {delivery.error !== null && <span className="block text-note text-bad">{delivery.error}</span>}
                  </span>
                ),
              },
            ]}
          />
        </div>
      )}
    </>
  );
}
