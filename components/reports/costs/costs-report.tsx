"use client";

import { useMemo } from "react";
import { organisationsInView, type PageScope } from "@/components/filters/page-scope";
import { useFilters, useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { HeadlineText } from "@/components/metrics/headline-text";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { useAgentUse, useCosts, useModels } from "@/components/query/use-money";
import { QueryError } from "@/components/reports/query-error";
import { MoneyFilterNote } from "@/components/reports/roi/money-filter-note";
import { moneyRequest } from "@/components/reports/roi/roi-requests";
import type { CostCentre } from "@/lib/core/cost-files";
import type { CostReport, CurrencyCosts, GroupModel, MoneyRequest } from "@/lib/metrics/money/types";
import { AgentUsePanel } from "./agent-use-panel";
import { BillsAgreePanel } from "./bills-agree-panel";
import { CostCentresPanel, centreName } from "./cost-centres-panel";
import { CostEntriesPanel } from "./cost-entries-panel";
import { CostFilesPanel } from "./cost-files-panel";
import { costOpening } from "./cost-opening";
import { COST_CARDS, costRequests } from "./cost-requests";
import { ExchangePanel } from "./exchange-panel";
import { MonthsPanel } from "./months-panel";
import { PartsPanel } from "./parts-panel";
import { SharesPanel } from "./shares-panel";
import { TeamCostsPanel } from "./team-costs-panel";
import { TokenPricesPanel } from "./token-prices-panel";

/** What agents cost: by month, kind, team, agent and provider, and for one pull request. */
export function CostsReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => costRequests(scope), [scope]);
  const request = useMemo(() => moneyRequest(scope), [scope]);
  const { descriptors, dimensions, me } = useWorkspace();
  const mayWrite = me.permissions.includes("money:write");
  const [state] = useFilters();
  const orgs = useMemo(() => organisationsInView(state, dimensions), [dimensions, state]);
  const costs = useCosts(request);
  const models = useModels(request);
  const use = useAgentUse(request);
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const team = useMetricsQuery(requests.team);
  const cards = useMemo(
    () => COST_CARDS.flatMap((id) => descriptors.find((one) => one.id === id) ?? []),
    [descriptors],
  );
  const failed = [costs, models, use, totals, course, team].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (costs.data === undefined || models.data === undefined) return <PageSkeleton panels={4} />;
  const { whole } = models.data;
  const opening = costOpening(costs.data, whole, rowsOf(totals.data, "cost_per_pr")[0]);
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <MoneyFilterNote scope={scope} />
      <AnsweredCards
        label="Figures of cost"
        descriptors={cards}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
      />
      {costs.data.currencies.length > 0 && (
        <div className="grid gap-4 lg:grid-cols-2">
          {plannedFirst(costs.data).map((own) => (
            <CurrencyPanels
              key={own.currency}
              costs={own}
              whole={whole}
              request={request}
              fiscalStart={scope.fiscalStart}
              centres={costs.data.centres}
            />
          ))}
          <ExchangePanel costs={costs.data} />
          <BillsAgreePanel comparisons={costs.data.comparisons} />
          <TeamCostsPanel answer={team.data} request={requests.team} busy={team.isPlaceholderData} />
        </div>
      )}
      {use.data !== undefined && (
        <AgentUsePanel use={use.data} mayConnect={me.permissions.includes("connections:manage")} />
      )}
      {mayWrite && <TokenPricesPanel />}
      <CostFilesPanel orgs={orgs} />
      <CostEntriesPanel
        orgs={orgs}
        today={scope.period.to.slice(0, 10)}
        currency={models.data.currencies.find(({ currency }) => currency !== null)?.currency ?? whole.currency ?? "USD"}
      />
      <CostCentresPanel orgs={orgs} centres={costs.data.centres} today={scope.period.to.slice(0, 10)} />
    </>
  );
}

/** The currency that is planned in before others. */
function plannedFirst({ currencies, exchanged }: CostReport): CurrencyCosts[] {
  const rank = ({ currency }: CurrencyCosts) => (exchanged.some(({ into }) => into === currency) ? 0 : 1);
  return currencies.toSorted((a, b) => rank(a) - rank(b));
}

function CurrencyPanels({
  costs,
  whole,
  request,
  fiscalStart,
  centres,
}: {
  costs: CurrencyCosts;
  whole: GroupModel;
  request: MoneyRequest;
  fiscalStart: number;
  centres: readonly CostCentre[];
}) {
  const nameOf = useNameOf();
  const { byAgent, byCentre, byProvider, byTeam, currency, total } = costs;
  const parted = { total, currency };
  return (
    <>
      <MonthsPanel costs={costs} request={request} fiscalStart={fiscalStart} />
      <PartsPanel costs={costs} whole={whole} />
      <SharesPanel
        {...parted}
        title="Which agents is it paid for?"
        note="By whom a bill is about. Seats of several tools and checks are of no agent."
        head="Agent"
        shares={byAgent}
        labelOf={(name) => (name === "" ? "No agent in particular" : nameOf("agent", name))}
      />
      <SharesPanel
        {...parted}
        title="Who is paid?"
        note="As the source of the costs calls them."
        head="Provider"
        shares={byProvider}
        labelOf={(name) => name}
      />
      <SharesPanel
        {...parted}
        title="Which team is it paid for?"
        note="What no bill gives to a team is told apart, and not shared out."
        head="Team"
        shares={byTeam}
        labelOf={(name) => (name === "" ? "No team" : nameOf("team", name))}
      />
      {byCentre.some(({ name }) => name !== "") && (
        <SharesPanel
          {...parted}
          title="Which cost centre is it paid for?"
          note="That of the team on the day that it was paid for."
          head="Cost centre"
          shares={byCentre}
          labelOf={(name) => {
            const centre = centres.find(({ code }) => code === name);
            return centre === undefined ? "None" : centreName(centre);
          }}
        />
      )}
    </>
  );
}
