"use client";

import { ExternalLinkIcon } from "lucide-react";
import { useNameOf } from "@/components/filters/use-filters";
import { useWorkspace } from "@/components/layout/workspace-context";
import { Tag } from "@/components/metrics/tag";
import { Button } from "@/components/ui/button";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatDateTime, formatQuantity } from "@/lib/core/format";
import { toWebUrl } from "@/lib/core/web-url";
import type { PullRequestWay } from "@/lib/events/types";
import type { PullRequestDetail, TimelineItem } from "@/lib/metrics/explorer/types";
import type { AgentSession } from "@/lib/metrics/money/types";
import { ChainPanel } from "./chain-panel";
import { CorrectionPanel } from "./correction-panel";
import { CostPanel } from "./cost-panel";
import { commitUrlBeside } from "./evidence-list";
import { FailurePanel } from "./failure-panel";
import { PolicyPanel } from "./policy-panel";
import { PullRequestBreadcrumb } from "./pull-request-breadcrumb";
import { pullRequestHeadline } from "./pull-request-headline";
import { SessionsPanel } from "./sessions-panel";
import { suggestCause } from "./suggest-cause";
import { TimelinePanel } from "./timeline-panel";
import { VerdictsPanel } from "./verdicts-panel";
import { WayPanel } from "./way-panel";

const MERGE_KIND = { squash: "squashed", merge: "merged by a merge commit", rebase: "rebased" } as const;

/** What is written about its failure: of what took it back, and of defects and incidents that name it. */
function textsAbout({ rollbacks }: PullRequestDetail, timeline: readonly TimelineItem[]): string[] {
  return [
    ...rollbacks.flatMap(({ evidence, revert }) => [revert.title, ...evidence.map(({ quote }) => quote ?? "")]),
    ...timeline.filter(({ kind }) => kind === "defect.opened" || kind === "incident.opened").map(({ text }) => text),
  ];
}

/** One pull request: what happened to it, what the product says of it, and what that rests on. */
export function PullRequestPage({
  pullRequest,
  timeline,
  way,
  sessions,
}: {
  pullRequest: PullRequestDetail;
  timeline: readonly TimelineItem[];
  way: PullRequestWay;
  sessions: readonly AgentSession[];
}) {
  const { dimensions } = useWorkspace();
  const nameOf = useNameOf();
  const timeZone = dimensions.orgs.find(({ slug }) => slug === pullRequest.org)?.timeZone ?? "UTC";
  const asOf = dimensions.repos.find(({ value }) => value === pullRequest.repo)?.completeTo ?? null;
  const url = toWebUrl(pullRequest.url);
  const commitUrl = commitUrlBeside(pullRequest.url);
  const own = timeline.filter(({ kind }) => kind === "pull_request.commit").length;
  return (
    <article>
      <PullRequestBreadcrumb repo={pullRequest.repo} />
      <header className="mb-5">
        <h1 className="num mb-1.5 max-w-[36em] text-[1.3125rem] leading-[1.28] font-[550] tracking-[-0.02em] [overflow-wrap:anywhere] md:text-headline">
          {pullRequest.title} <span className="font-normal text-ink-3">#{pullRequest.number}</span>
        </h1>
        <p className="num max-w-[62em] text-lg">{pullRequestHeadline(pullRequest, asOf, timeZone)}</p>
        <p className="num mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-note text-ink-3">
          {pullRequest.isSample && <Tag>Sample, not real</Tag>}
          <span>
            Merged <time dateTime={pullRequest.mergedAt}>{formatDateTime(pullRequest.mergedAt, "UTC")} UTC</time>
            {timeZone !== "UTC" && ` (${formatDateTime(pullRequest.mergedAt, timeZone)} ${timeZone})`},{" "}
            {MERGE_KIND[pullRequest.mergeKind]}
          </span>
          <span>
            {own === 0 ? "The commits of its branch are not known" : `${formatQuantity(own, "commit")} on its branch`}
          </span>
          {pullRequest.headRef !== null && <span className="[overflow-wrap:anywhere]">from {pullRequest.headRef}</span>}
          {url !== null && (
            <Button asChild variant="outline" size="sm">
              <a href={url} rel="noreferrer">
                Open the original
                <ExternalLinkIcon className="size-3.5" />
              </a>
            </Button>
          )}
        </p>
      </header>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-4">
          {pullRequest.failure !== null && (
            <FailurePanel
              id={pullRequest.id}
              failure={pullRequest.failure}
              suggestion={suggestCause(textsAbout(pullRequest, timeline))}
              timeZone={timeZone}
            />
          )}
          <ChainPanel pullRequest={pullRequest} timeZone={timeZone} commitUrl={commitUrl} />
          <VerdictsPanel
            pullRequest={pullRequest}
            teamName={nameOf("team", pullRequest.team ?? UNASSIGNED_TEAM)}
            commitUrl={commitUrl}
          />
        </div>
        <div className="grid gap-4">
          {pullRequest.policy !== null && <PolicyPanel category={pullRequest.category} policy={pullRequest.policy} />}
          <CorrectionPanel pullRequest={pullRequest} timeZone={timeZone} />
          <WayPanel way={way} timeZone={timeZone} />
          {(pullRequest.authorKind === "agent" || pullRequest.authorKind === "assisted") && (
            <CostPanel pullRequest={pullRequest} timeZone={timeZone} />
          )}
          <SessionsPanel sessions={sessions} timeZone={timeZone} />
          <TimelinePanel items={timeline} timeZone={timeZone} />
        </div>
      </div>
      <p className="mt-4 text-xs text-ink-3">
        Rules that said this: authorship {pullRequest.authorship.ruleVersion}, task{" "}
        {pullRequest.categoryVerdict.classifierVersion}. A change of the rules is applied to all history at once.
      </p>
    </article>
  );
}
