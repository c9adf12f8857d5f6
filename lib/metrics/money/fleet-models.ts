import { Decimal } from "@/lib/core/decimal";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatList } from "@/lib/core/format";
import type { AssumptionKey } from "@/lib/core/roi-inputs";
import { dayOf } from "@/lib/core/zoned-time";
import type { Bucket } from "@/lib/metrics/rows";
import { DimensionLabels, GroupSpace } from "@/lib/metrics/scan/group-space";
import type { MetricsQuery } from "@/lib/metrics/schema";
import { selectPullRequests } from "@/lib/metrics/selection";
import type { Group } from "@/lib/metrics/types";
import { assumptionOn, NO_MONEY_PLANS } from "./assumptions";
import { COST_ITEMS } from "./cost-days";
import { groupModel } from "./group-model";
import { type MeasuredRows, measureInputs, NOTHING_MEASURED } from "./measured";
import { type MixedModel, mixModels } from "./mix-models";
import { type GroupModelInput, paidForAgents, SHARED, saidOf, sharedAmounts, type Wanted } from "./model-inputs";
import { type MoneyFrame, mergingGroups, type Place, placesOf } from "./money-places";
import { monthsBetween } from "./months";
import { ledgerOf, sumPaid } from "./part-ledger";
import { NOTHING_PAID, type Share, type Sharer, shareOut } from "./shared-costs";
import { sumSpending } from "./spending";
import { addCosts, type CostSums, NO_COSTS, sumCosts } from "./sum-costs";
import type { GroupModel, ModelPart } from "./types";

/** The models of all teams that a query selects, with their parts of what their organisations share. */
export class FleetModels {
  /** What is selected; what is shared is shared with everybody else too. */
  readonly places: readonly Place[];
  private readonly everybody: readonly Place[];
  private readonly spans: readonly { start: number; end: number }[];
  private readonly measured: (bucket: string | null, group: Group) => MeasuredRows;
  private readonly ofOrg: (bucket: string | null, group: Group) => MeasuredRows;
  /** Of what is selected. */
  private readonly selectedOf: (bucket: string | null, group: Group) => MeasuredRows;
  private readonly selected: (bucket: string | null) => MeasuredRows;
  private readonly costs: (place: Place, bucket: number) => CostSums;
  private readonly known = new Map<string, readonly ModelPart[]>();

  constructor(
    private readonly frame: MoneyFrame,
    private readonly buckets: readonly Bucket[],
  ) {
    const { ask, query, selection, view } = frame;
    const { team: _, ...ofOrgs } = query.filters;
    // Of what an organisation shares a team has its part, whichever teams are selected.
    const whole = query.filters.team === undefined ? selection : selectPullRequests(view.directory, ofOrgs);
    this.spans = buckets.map(({ end, from, start, to }) => ({ start: Math.max(start, from), end: Math.min(end, to) }));
    const space = new GroupSpace(["org", "team"], new DimensionLabels(view.directory));
    const sums = sumCosts({
      costs: view.money?.costs ?? new Map(),
      plans: view.money?.plans ?? NO_MONEY_PLANS,
      space,
      selection: whole,
      buckets: this.spans,
    });
    const all: MetricsQuery = { ...query, filters: ofOrgs };
    this.measured = measureInputs({ ...all, groupBy: ["org", "team"] }, ask);
    this.ofOrg = measureInputs({ ...all, groupBy: ["org"] }, ask);
    this.selectedOf =
      query.filters.team === undefined ? this.ofOrg : measureInputs({ ...query, groupBy: ["org"] }, ask);
    const [first, second] = selection.orgs;
    const together = second === undefined ? null : measureInputs({ ...query, groupBy: [] }, ask);
    this.selected = (bucket) =>
      together === null ? this.selectedOf(bucket, { org: first?.slug ?? "" }) : together(bucket, {});
    const merging = mergingGroups({ ...all, groupBy: ["org", "team"] }, ask).map((group) =>
      space.sumOf(["org", "team"], group),
    );
    const seen = [...new Set([...sums.keys(), ...merging])];
    this.everybody = placesOf(
      frame,
      seen.map((code) => space.groupOf(code)),
    );
    const teams = query.filters.team;
    this.places = this.everybody.filter(({ team }) => teams === undefined || teams.includes(team ?? UNASSIGNED_TEAM));
    this.costs = ({ org, team }, bucket) =>
      sums.get(space.sumOf(["org", "team"], { org, team: team ?? UNASSIGNED_TEAM }))?.[bucket] ?? NO_COSTS;
  }

  /** What a group comes to: the sum of its teams, and of costs that are allocated to nobody. */
  mixOf(group: Group, bucket: number): MixedModel {
    const { all, merged, own } = this.membersOf(group, bucket, "model");
    return mixModels(own, all, merged > 0);
  }

  /** What a group cost. */
  costOf(group: Group, bucket: number): GroupModel {
    const { all, own } = this.membersOf(group, bucket, "spending");
    return own.length === 0 ? all : { ...all, spending: sumSpending(own.map(({ spending }) => spending)) };
  }

  /** What a group is made of, and what is known of all of it together. */
  private membersOf(group: Group, bucket: number, wanted: Wanted) {
    const isWhole = group.team === undefined && this.frame.query.filters.team === undefined;
    const orgs = this.frame.selection.orgs.filter(({ slug }) => group.org === undefined || slug === group.org);
    const isOfOrgs = ({ org }: Place) => orgs.some(({ slug }) => slug === org);
    const places = this.places.filter(
      (place) => isOfOrgs(place) && (group.team === undefined || (place.team ?? UNASSIGNED_TEAM) === group.team),
    );
    const own = orgs
      .flatMap(({ slug }) => this.partsOf(slug, bucket, wanted))
      .filter(({ kind, model, org, team }) =>
        kind === "unallocated"
          ? isWhole && !isEmpty(model)
          : places.some((place) => place.org === org && place.team === team),
      )
      .map(({ model }) => model);
    const measured = this.measuredOf(group, places, bucket);
    const [only, other] = places;
    // What is said of a team is told of it where it is the only one.
    const teamId = isWhole || other !== undefined || only?.teamIds.length !== 1 ? null : (only.teamIds[0] ?? null);
    const all = groupModel({
      ...this.common(orgs[0]?.slug ?? "", bucket),
      teamId,
      measured,
      ofAll: measured,
      costs: addCosts((isWhole ? this.everybody.filter(isOfOrgs) : places).map((place) => this.costs(place, bucket))),
      share: null,
      currency: this.currencyOf(
        orgs.map(({ slug }) => slug),
        bucket,
      ),
      isLenient: own.length > 0,
      wanted,
    });
    return { own, all, merged: measured.merged };
  }

  /** Every team of every organisation, those that are selected, and what is allocated to nobody. */
  partsIn(bucket: number): ModelPart[] {
    const isFiltered = this.frame.query.filters.team !== undefined;
    return this.frame.selection.orgs.flatMap(({ slug }) =>
      this.partsOf(slug, bucket, "model").filter(({ kind, model, org, team }) =>
        kind === "unallocated"
          ? !isFiltered
          : (isFiltered || !isNothing(model)) && this.places.some((place) => place.org === org && place.team === team),
      ),
    );
  }

  private measuredOf({ org, team }: Group, places: readonly Place[], bucket: number): MeasuredRows {
    const label = this.buckets[bucket]?.label ?? null;
    if (team === undefined) return org === undefined ? this.selected(label) : this.selectedOf(label, { org });
    // A name that teams of several organisations have is told of the first that merged something.
    const rows = places.map((place) => this.measured(label, { org: place.org, team }));
    return rows.find(({ merged }) => merged > 0) ?? rows[0] ?? NOTHING_MEASURED;
  }

  /** The currency that is planned in and was paid in, or why there is none. */
  private currencyOf(orgs: readonly string[], bucket: number): GroupModelInput["currency"] {
    const { selection, view } = this.frame;
    const planned = selection.orgs.flatMap(({ id, slug }) =>
      orgs.includes(slug) ? (view.money?.plans.currencies.get(id) ?? []) : [],
    );
    const { currencies, lacking } = addCosts(
      this.everybody.filter(({ org }) => orgs.includes(org)).map((place) => this.costs(place, bucket)),
    );
    const all = [...new Set([...planned, ...currencies])].sort();
    if (all.length <= 1) return { code: all[0] ?? null, reason: null };
    return { code: null, reason: whyNoCurrency([...new Set(planned)], all, lacking) };
  }

  /** What is the same of all teams of an organisation. */
  private common(org: string, bucket: number) {
    const { coverageOfGroup, selection, timeZone, view } = this.frame;
    const coverage = coverageOfGroup({ org });
    const span = this.spans[bucket] as { start: number; end: number };
    const end = Math.min(span.end, coverage?.to.getTime() ?? span.end);
    const start = Math.max(span.start, coverage?.from?.getTime() ?? span.start);
    return {
      plans: view.money?.plans ?? NO_MONEY_PLANS,
      orgId: selection.orgs.find(({ slug }) => slug === org)?.id ?? 0,
      // What holds on the last day of the period.
      day: dayOf(new Date(span.end - 1), timeZone),
      months: monthsBetween(start, end, timeZone),
      hasCosts: this.everybody.some((place) => place.org === org && this.costs(place, bucket).entries > 0),
    };
  }

  private partsOf(org: string, bucket: number, wanted: Wanted): readonly ModelPart[] {
    const key = `${wanted} ${bucket} ${org}`;
    const parts = this.known.get(key) ?? this.makeParts(org, bucket, wanted);
    this.known.set(key, parts);
    return parts;
  }

  private makeParts(org: string, bucket: number, wanted: Wanted): ModelPart[] {
    const label = this.buckets[bucket]?.label ?? null;
    const places = this.everybody.filter((place) => place.org === org);
    const common = {
      ...this.common(org, bucket),
      ofAll: this.ofOrg(label, { org }),
      currency: this.currencyOf([org], bucket),
      wanted,
    };
    const { pool, shares, unallocated } = this.share(places, common, bucket);
    const money = common.currency.code ?? "USD";
    const teams = places.map((place, index): ModelPart => {
      const { team, teamIds } = place;
      const teamId = teamIds.length === 1 ? (teamIds[0] ?? null) : null;
      const measured = this.measured(label, { org, team: team ?? UNASSIGNED_TEAM });
      // What is paid for no team is shared, with those in no team too.
      const costs = team === null ? NO_COSTS : this.costs(place, bucket);
      const model = groupModel({ ...common, teamId, measured, costs, share: shares[index] ?? null });
      const shared = sumPaid(shares[index]?.paid ?? NOTHING_PAID);
      const ledger = ledgerOf(costs, measured, shared, money);
      return { org, kind: team === null ? "no_team" : "team", team, model, ledger };
    });
    const model = groupModel({
      ...common,
      teamId: null,
      measured: NOTHING_MEASURED,
      costs: NO_COSTS,
      share: unallocated,
    });
    const allocated = shares.reduce((sum, { paid }) => sum + sumPaid(paid), 0n);
    const ledger = ledgerOf(pool, common.ofAll, -allocated, money);
    return [...teams, { org, kind: "unallocated", team: null, model, ledger }];
  }

  /** Shares out what an organisation said of all its teams, and what it paid for none in particular. */
  private share(
    places: readonly Place[],
    { currency, day, ofAll, orgId, plans }: Omit<GroupModelInput, "measured" | "costs" | "share" | "teamId">,
    bucket: number,
  ): { shares: Share[]; unallocated: Share; pool: CostSums } {
    const said = saidOf({ plans, orgId, teamId: null, day });
    const amounts = sharedAmounts(said);
    const allocation = plans.allocations.get(orgId) ?? "pull_requests";
    const label = this.buckets[bucket]?.label ?? null;
    const span = this.spans[bucket] as { start: number; end: number };
    const sharers = places.map(({ org, team, teamIds }): Sharer => {
      const { merged } = this.measured(label, { org, team: team ?? UNASSIGNED_TEAM });
      const ownOf = (key: AssumptionKey) =>
        teamIds.flatMap((teamId) => {
          const found = assumptionOn(plans, { key, orgId, teamId, day });
          return found?.teamId == null || found.value === null ? [] : [new Decimal(found.value)];
        });
      const weight = {
        pull_requests: () => new Decimal(merged),
        people: () => this.headcount(teamIds, span.end),
        seats: () => ownOf("seats").reduce((sum, seats) => sum.plus(seats), new Decimal(0)),
        none: () => new Decimal(0),
      }[allocation]();
      // Of small teams that are shown as one nothing is said by itself.
      const own =
        teamIds.length === 1 ? amounts.flatMap(({ key }) => ownOf(key).map((value) => [key, value] as const)) : [];
      return { weight, merged, own: new Map(own) };
    });
    const shared = this.everybody.filter(({ org, team }) => team === null && places.some((place) => place.org === org));
    const pool = addCosts(shared.map((place) => this.costs(place, bucket)));
    const paid = { ...NOTHING_PAID };
    for (const item of COST_ITEMS) paid[item] = BigInt(paidForAgents(item, pool, ofAll).toFixed());
    const { estimated } = pool;
    return { pool, ...shareOut({ allocation, amounts, currency: currency.code ?? "USD", estimated, paid, sharers }) };
  }

  /** Full-time people of some teams at an instant. */
  private headcount(teamIds: readonly number[], at: number): Decimal {
    return this.frame.view.staff.roster
      .filter(({ from, teamId, to }) => teamIds.includes(teamId) && from < at && (to === null || to >= at))
      .reduce((sum, { fte }) => sum.plus(String(fte)), new Decimal(0));
  }
}

/** Nothing of it costs anything. */
const isEmpty = ({ inputs, spending }: GroupModel): boolean =>
  (inputs === null || SHARED.every((key) => key === "pullRequestsPerMonth" || Number(inputs[key].value) === 0)) &&
  Number(spending?.total ?? 0) === 0;

/** Nothing of it merges or costs anything. */
const isNothing = (model: GroupModel): boolean =>
  isEmpty(model) && (model.inputs === null || Number(model.inputs.pullRequestsPerMonth.value) === 0);

/** Why amounts of several currencies have no sum. */
function whyNoCurrency(planned: readonly string[], all: readonly string[], lacking: ReadonlySet<string>): string {
  const [into, other] = planned;
  const amounts = `amounts are in ${formatList(all)}`;
  if (other !== undefined) return `${amounts}, and the organisations plan in different currencies`;
  if (into === undefined) return `${amounts}, and nobody has said in which of them is planned`;
  if (lacking.size === 0) return `${amounts}, and not every organisation has said that it plans in ${into}`;
  const rates = formatList([...lacking].sort().map((one) => one.replace(" ", " for ")));
  return `${amounts}, and nobody has entered what these are worth in ${into}: ${rates}`;
}
