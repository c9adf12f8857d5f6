"use client";

import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { Decimal } from "@/lib/core/decimal";
import { formatCount, formatDateTime, formatList, formatMoney, formatQuantity } from "@/lib/core/format";
import type { AgentSession, SessionConfidence, SessionEvidence } from "@/lib/metrics/money/types";

const EVIDENCE: Readonly<Record<SessionEvidence, string>> = {
  run: "whoever ran it names this pull request",
  commit: "it made one of its commits",
  trailer: "a trailer of one of its commits names it",
  branch: "it worked on its branch before the merge",
  time: "one of its commits is from that time, and of no other pull request of the agent",
};

const CONFIDENCE: Readonly<Record<SessionConfidence, string>> = {
  certain: "Certain",
  strong: "Strong",
  weak: "Weak",
};

/** What all sessions together cost; null where none of them is priced. */
function totalOf(sessions: readonly AgentSession[]): string | null {
  const priced = sessions.flatMap(({ costUsd }) => costUsd ?? []);
  return priced.length === 0 ? null : Decimal.sum(...priced).toFixed();
}

const dollars = (text: string): string =>
  text !== "0" && Number(text) < 0.005 ? "under $0.01" : formatMoney(Number(text), "USD");

/** The sessions in which agents worked on it, as they told themselves; nothing where none did. */
export function SessionsPanel({ sessions, timeZone }: { sessions: readonly AgentSession[]; timeZone: string }) {
  const nameOf = useNameOf();
  if (sessions.length === 0) return null;
  const total = totalOf(sessions);
  const isCovered = sessions.some(({ isSubscription }) => isSubscription);
  return (
    <ReportPanel title="What did its sessions use?">
      <p>
        {total === null ? (
          <>{formatQuantity(sessions.length, "session")} told tokens and no price.</>
        ) : (
          <>
            <span className="num font-medium">{dollars(total)}</span> by the agents’ own prices, in{" "}
            {formatQuantity(sessions.length, "session")}.{isCovered && " A subscription covers some of it."}
          </>
        )}
      </p>
      <ul className="mt-2 grid gap-2">
        {sessions.map((one) => (
          <li key={`${one.agent} ${one.session} ${one.firstAt}`} className="border-t pt-2 first:border-t-0 first:pt-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span>
                {nameOf("agent", one.agent)} <span className="text-note text-ink-3">{formatList(one.models)}</span>
              </span>
              <span className="num">{one.costUsd === null ? "–" : dollars(one.costUsd)}</span>
            </p>
            <p className="num text-note text-ink-3">
              {formatDateTime(one.firstAt, timeZone)} · {formatCount(one.input)} in, {formatCount(one.output)} out
              {one.cached > 0 && <>, {formatCount(one.cached)} cached</>}
            </p>
            <p className="text-note text-ink-3">
              {CONFIDENCE[one.confidence]}: {EVIDENCE[one.how]}.
              {one.sharedBy > 1 && ` Its cost is shared equally by ${one.sharedBy} pull requests.`}
            </p>
          </li>
        ))}
      </ul>
    </ReportPanel>
  );
}
