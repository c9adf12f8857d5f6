"use client";

import { lazy, Suspense, useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { StateMessage } from "@/components/layout/state-message";
import { useDataHealth } from "@/components/query/use-data-health";
import { QueryError } from "@/components/reports/query-error";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { replicaSentence } from "@/lib/core/replica-lag";
import { GapsPanel } from "./gaps-panel";
import { healthOpening } from "./health-opening";
import { healthRequest } from "./health-request";
import { prepareGaps } from "./prepare-gaps";
import { RepositoriesPanel } from "./repositories-panel";
import { StepCoveragePanel } from "./step-coverage-panel";
import { UnassignedPanel } from "./unassigned-panel";
import { UnknownBotsPanel } from "./unknown-bots-panel";
import { UnresolvedPanel } from "./unresolved-panel";

// It stands last and moves nothing: its code comes after what the page is about.
const AttributionPanel = lazy(() =>
  import("./attribution-panel").then((module) => ({ default: module.AttributionPanel })),
);

/** What the numbers of the other pages rest on. */
export function HealthReport({ scope }: { scope: PageScope }) {
  const inBrowser = useInBrowser();
  const { data, error, refetch } = useDataHealth(healthRequest(scope));
  const gaps = useMemo(() => prepareGaps(data?.repositories ?? []), [data]);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton cards={0} panels={2} />;
  if (data.repositories.length === 0) {
    return (
      <>
        <h1 className="sr-only">Data health</h1>
        <StateMessage title="No repository fits">
          <p>Clear a filter to see what is imported.</p>
        </StateMessage>
      </>
    );
  }
  const { timeZone } = scope;
  const late = replicaSentence(data.replica);
  return (
    <>
      <PageHeader {...healthOpening(data.repositories, timeZone)} />
      {late !== null && <p className="num -mt-3 mb-5 text-ink-2">{late}</p>}
      <div className="grid gap-4">
        <GapsPanel gaps={gaps} />
        <RepositoriesPanel repositories={data.repositories} timeZone={timeZone} />
        <StepCoveragePanel repositories={data.repositories} />
        <UnassignedPanel repositories={data.repositories} />
        <UnknownBotsPanel bots={data.unknownBots} timeZone={timeZone} />
        <UnresolvedPanel items={data.unresolved} timeZone={timeZone} />
        {inBrowser && (
          <Suspense>
            <AttributionPanel scope={scope} />
          </Suspense>
        )}
      </div>
    </>
  );
}
