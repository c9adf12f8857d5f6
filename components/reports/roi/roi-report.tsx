"use client";

import { useMemo, useState } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { organisationsInView } from "@/components/filters/page-scope";
import { useFilters, useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { HeadlineText } from "@/components/metrics/headline-text";
import { useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { useModels } from "@/components/query/use-money";
import { QueryError } from "@/components/reports/query-error";
import { EquivalentPanel } from "@/components/reports/throughput/equivalent-panel";
import { Button } from "@/components/ui/button";
import { toMajor } from "@/lib/core/money";
import { runMix, seedOfInputs, uncertaintyOf, valuesOf } from "@/lib/metrics/money/types";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { AssumptionDialog, type AssumptionPlace } from "./assumption-dialog";
import { ChancePanel } from "./chance-panel";
import { EconomicsPanel } from "./economics-panel";
import { InputsPanel } from "./inputs-panel";
import { MoneyFilterNote } from "./money-filter-note";
import { PlansPanel } from "./plans-panel";
import { prepareEconomics } from "./prepare-economics";
import { PublishedPanel } from "./published-panel";
import { ReportLinks } from "./report-links";
import { roiOpening } from "./roi-opening";
import { moneyRequest, ROI_CARDS, roiRequests } from "./roi-requests";
import { TeamRoiPanel } from "./team-roi-panel";
import { TornadoPanel } from "./tornado-panel";
import { TryPanel } from "./try-panel";

/** Whether agents pay, from which volume, and how sure that is. */
export function RoiReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => roiRequests(scope), [scope]);
  const request = useMemo(() => moneyRequest(scope), [scope]);
  const { descriptors, me } = useWorkspace();
  const models = useModels(request);
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const equivalent = useMetricsQuery(requests.equivalent);
  const [isEntering, setIsEntering] = useState(false);
  const place = usePlace(models.data?.currencies);
  const cards = useMemo(() => ROI_CARDS.flatMap((id) => descriptors.find((one) => one.id === id) ?? []), [descriptors]);
  const whole = models.data?.whole;
  const worked = useMemo(() => {
    if (whole === undefined || whole.inputs === null || whole.currency === null) return null;
    const values = valuesOf(whole.inputs);
    const parts = models.data?.parts.map(({ model }) => model) ?? [];
    const result = runMix(whole, parts, whole.currency);
    const chance = monteCarlo(values, uncertaintyOf(whole.inputs), { seed: seedOfInputs(whole.inputs) });
    const economics = prepareEconomics(whole.inputs, result);
    return { inputs: whole.inputs, values, currency: whole.currency, result, chance, economics };
  }, [whole, models.data?.parts]);
  const failed = [models, totals, course, equivalent].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (models.data === undefined || whole === undefined) return <PageSkeleton panels={4} />;
  const opening = roiOpening(whole, worked?.result ?? null, worked?.chance ?? null, worked?.economics.assumed ?? 0);
  const mayEnter = me.permissions.includes("money:write") && place !== null;
  const onEnter = mayEnter ? () => setIsEntering(true) : null;
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      {worked !== null && <ReportLinks request={request} />}
      <MoneyFilterNote scope={scope} />
      <AnsweredCards
        label="Figures of return"
        descriptors={cards}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
      />
      {worked === null ? (
        <StateMessage title={whole.missing.length > 0 ? "Some things only you can say" : "There is no model"}>
          <p>
            {whole.missing.length > 0 ? "What hours cost and how many of them agents save is in no log." : whole.reason}
          </p>
          {onEnter === null ? (
            <p className="mt-2">
              {place === null
                ? "Choose one organisation to enter assumptions."
                : "Somebody of finance or an administrator can enter it here."}
            </p>
          ) : (
            <Button className="mt-3" onClick={onEnter}>
              Enter assumptions
            </Button>
          )}
        </StateMessage>
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          <EconomicsPanel
            economics={worked.economics}
            result={worked.result}
            soft={Number(worked.inputs.softMonthly.value)}
            currency={worked.currency}
          />
          <TornadoPanel
            inputs={worked.inputs}
            value={toMajor(worked.result.netPresentValue, worked.currency).toNumber()}
            currency={worked.currency}
          />
          <TryPanel inputs={worked.inputs} currency={worked.currency} place={mayEnter ? place : null} />
          <div className="grid content-start gap-4">
            <ChancePanel chance={worked.chance} currency={worked.currency} />
            <PublishedPanel />
            <EquivalentPanel
              answer={equivalent.data}
              request={requests.equivalent}
              busy={equivalent.isPlaceholderData}
            />
          </div>
          <PlansPanel inputs={worked.values} currency={worked.currency} mayRemove={mayEnter} />
          <TeamRoiPanel models={models.data} total={worked.result} currency={worked.currency} request={requests.team} />
          <InputsPanel inputs={worked.inputs} currency={worked.currency} timeZone={scope.timeZone} onEnter={onEnter} />
        </div>
      )}
      {isEntering && place !== null && (
        <AssumptionDialog
          place={place}
          models={models.data}
          today={scope.period.from.slice(0, 10)}
          onClose={() => setIsEntering(false)}
        />
      )}
    </>
  );
}

/** Of whom a reader enters something: the one team of the filters, else the one organisation in view; null: there are several. */
function usePlace(currencies: readonly { org: string; currency: string | null }[] | undefined): AssumptionPlace | null {
  const [state] = useFilters();
  const { dimensions } = useWorkspace();
  const nameOf = useNameOf();
  const [only, other] = organisationsInView(state, dimensions);
  if (only === undefined || other !== undefined) return null;
  const [team, more] = state.team;
  const isOneTeam = team !== undefined && more === undefined;
  if (team !== undefined && !isOneTeam) return null;
  return {
    org: only.slug,
    orgName: only.name,
    team: isOneTeam ? team : null,
    teamName: isOneTeam ? nameOf("team", team) : null,
    currency: currencies?.find(({ org }) => org === only.slug)?.currency ?? null,
    fiscalStart: only.fiscalStart,
  };
}
