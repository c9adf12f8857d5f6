import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { Decimal } from "@/lib/core/decimal";
import { formatCount, formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import type { AgentUse } from "@/lib/metrics/money/types";

const FOLD = 10;

type Row = AgentUse["items"][number];

const TOKENS = [
  { field: "input", header: "Tokens in" },
  { field: "output", header: "Out" },
  { field: "cached", header: "Cached" },
] as const;

const dollars = (text: string | null): string => (text === null ? "–" : formatMoney(Number(text), "USD"));

/** What part of the cost belongs to merged pull requests, and how sure that is; null where nothing is priced. */
function linkSentence({ linked, pullRequests }: AgentUse): string | null {
  const costOf = (...wanted: string[]) =>
    Decimal.sum(
      0,
      ...linked.flatMap(({ confidence, costUsd }) => (wanted.includes(confidence) ? costUsd : [])),
    ).toNumber();
  const sure = costOf("certain", "strong");
  const weak = costOf("weak");
  const all = sure + weak + costOf("none");
  if (all === 0) return null;
  const parts = [
    `${formatPercent(sure / all)} of it belongs to ${formatQuantity(pullRequests, "merged pull request")}`,
  ];
  if (pullRequests > 0) parts[0] += `, ${formatMoney(sure / pullRequests, "USD")} on average`;
  if (weak > 0) parts.push(`${formatPercent(weak / all)} perhaps, by time alone`);
  parts.push("the rest named no repository or branch, or its work is not merged");
  return `${parts.join("; ")}.`;
}

/** What agents told of their own use; where none does, how to have them tell. */
export function AgentUsePanel({ use, mayConnect }: { use: AgentUse; mayConnect: boolean }) {
  const nameOf = useNameOf();
  if (use.items.length === 0) {
    return (
      <MetricPanel title="What do agents tell of their use?">
        <p className="max-w-[62em] text-ink-2">
          {use.lastAt === null
            ? "None does yet. Claude Code, Codex, Gemini CLI and Copilot can send what each session used, and what it worked on: so that it is known what a pull request cost to make."
            : "Nothing in this period."}{" "}
          {mayConnect && (
            <Link href="/connections" className="underline underline-offset-3 hover:text-ink">
              Set one up in Connections
            </Link>
          )}
        </p>
      </MetricPanel>
    );
  }
  const sentence = linkSentence(use);
  return (
    <MetricPanel
      title="What do agents tell of their use?"
      note="Their own prices, in US dollars. It counts as metered where no bill covers the same days; what a subscription covers is shown and not counted."
      file={() => [
        [
          "agent",
          "model",
          "sessions",
          "cost_usd",
          "of_that_subscription_usd",
          "input_tokens",
          "output_tokens",
          "cached_tokens",
        ],
        ...use.items.map(({ agent, cached, costUsd, input, model, output, sessions, subscriptionUsd }) => [
          agent,
          model,
          sessions,
          costUsd,
          subscriptionUsd,
          input,
          output,
          cached,
        ]),
      ]}
      footer={sentence === null ? undefined : <p className="mt-2 text-note text-ink-3">{sentence}</p>}
    >
      <DataTable<Row>
        caption="Use by agent and model"
        rows={use.items}
        rowKey={({ agent, model }) => `${agent} ${model}`}
        fold={FOLD}
        columns={[
          {
            id: "agent",
            header: "Agent",
            rowHeader: true,
            sortValue: ({ agent }) => nameOf("agent", agent),
            cell: ({ agent, model }) => (
              <>
                {nameOf("agent", agent)}
                <span className="block text-note font-normal text-ink-3">{model}</span>
              </>
            ),
          },
          {
            id: "sessions",
            header: "Sessions",
            align: "right",
            sortValue: ({ sessions }) => sessions,
            cell: ({ sessions }) => formatCount(sessions),
          },
          ...TOKENS.map(({ field, header }) => ({
            id: field,
            header,
            align: "right" as const,
            className: "max-sm:hidden",
            sortValue: (row: Row) => row[field],
            cell: (row: Row) => formatCount(row[field]),
          })),
          {
            id: "cost",
            header: "Cost",
            align: "right",
            sortValue: ({ costUsd }) => (costUsd === null ? null : Number(costUsd)),
            cell: ({ costUsd, subscriptionUsd }) => (
              <>
                {dollars(costUsd)}
                {costUsd === null && <span className="block text-note text-ink-3">by the price list</span>}
                {subscriptionUsd !== "0" && (
                  <span className="block text-note text-ink-3">{dollars(subscriptionUsd)} by subscription</span>
                )}
              </>
            ),
          },
        ]}
      />
    </MetricPanel>
  );
}
