"use client";

import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { Tag } from "@/components/metrics/tag";
import { CATEGORY_LABEL, UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatDateTime } from "@/lib/core/format";
import type { PullRequestWay } from "@/lib/events/types";
import type { ClosedPullRequestDetail, TimelineItem } from "@/lib/metrics/explorer/types";
import { AgentEvidence, AuthorAnswer } from "./author-verdict";
import { commitUrlBeside, EvidenceList } from "./evidence-list";
import { FailurePanel } from "./failure-panel";
import { PullRequestBreadcrumb } from "./pull-request-breadcrumb";
import { suggestCause } from "./suggest-cause";
import { TimelinePanel } from "./timeline-panel";
import { Verdict, Verdicts } from "./verdict";
import { WayPanel } from "./way-panel";

/** Where its commits could be looked at is not told. */
const NO_COMMIT = commitUrlBeside(null);

/** One pull request that was closed without a merge: what happened to it, who made it, and what that rests on. */
export function ClosedPullRequestPage({
  pullRequest,
  timeline,
  way,
}: {
  pullRequest: ClosedPullRequestDetail;
  timeline: readonly TimelineItem[];
  way: PullRequestWay;
}) {
  const { dimensions } = useWorkspace();
  const nameOf = useNameOf();
  const timeZone = dimensions.orgs.find(({ slug }) => slug === pullRequest.org)?.timeZone ?? "UTC";
  const { authorship, categoryVerdict, mergedAt: closedAt } = pullRequest;
  const texts = timeline.filter(({ kind }) => kind === "defect.opened" || kind === "incident.opened");
  return (
    <article>
      <PullRequestBreadcrumb repo={pullRequest.repo} />
      <header className="mb-5">
        <h1 className="num mb-1.5 max-w-[36em] text-[1.3125rem] leading-[1.28] font-[550] tracking-[-0.02em] [overflow-wrap:anywhere] md:text-headline">
          {pullRequest.title} <span className="font-normal text-ink-3">#{pullRequest.number}</span>
        </h1>
        <p className="num max-w-[62em] text-lg">It was closed without a merge: nothing of it landed.</p>
        <p className="num mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-note text-ink-3">
          {pullRequest.isSample && <Tag>Sample, not real</Tag>}
          <span>
            Closed <time dateTime={closedAt}>{formatDateTime(closedAt, "UTC")} UTC</time>
            {timeZone !== "UTC" && ` (${formatDateTime(closedAt, timeZone)} ${timeZone})`}
          </span>
        </p>
      </header>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-4">
          {pullRequest.failure !== null && (
            <FailurePanel
              id={pullRequest.id}
              failure={pullRequest.failure}
              suggestion={suggestCause(texts.map(({ text }) => text))}
              timeZone={timeZone}
            />
          )}
          <ReportPanel title="What we say, and why">
            <Verdicts>
              <Verdict
                name="Written by"
                answer={<AuthorAnswer pullRequest={pullRequest} />}
                confidence={authorship.confidence}
              >
                {pullRequest.agents.map((agent) => (
                  <AgentEvidence key={agent.agent} agent={agent} commitUrl={NO_COMMIT} />
                ))}
                <EvidenceList items={authorship.evidence} commitUrl={NO_COMMIT} />
              </Verdict>
              <Verdict name="Task" answer={CATEGORY_LABEL[pullRequest.category]}>
                <EvidenceList items={[categoryVerdict.evidence]} commitUrl={NO_COMMIT} />
              </Verdict>
              <Verdict name="Team" answer={nameOf("team", pullRequest.team ?? UNASSIGNED_TEAM)}>
                <p className="mt-1.5 text-ink-2">The team that owned the repository when it was closed.</p>
              </Verdict>
              <Verdict name="In the rates" answer="Of what was merged or closed">
                <p className="mt-1.5 text-ink-2">
                  Acceptance, rejection, first-pass yield and human intervention count it; nothing that is about merged
                  work does.
                </p>
              </Verdict>
            </Verdicts>
          </ReportPanel>
        </div>
        <div className="grid gap-4">
          <WayPanel way={way} timeZone={timeZone} />
          <TimelinePanel items={timeline} timeZone={timeZone} />
        </div>
      </div>
    </article>
  );
}
