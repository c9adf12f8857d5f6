import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import type { AgentTool } from "./adoption";
import { agentShare } from "./adoption";
import { dayOfInstant, instantOf, iso, LAST_DAY } from "./calendar";
import type { Landing } from "./changes";
import { type SampleRepository, TEAMS, type TeamSlug } from "./company";
import { envelopes } from "./envelope";
import type { Random } from "./random";

type Cost = PayloadOf<"cost.incurred">;

interface Tariff {
  provider: string;
  /** Agent key of the product's rules. */
  agent: string;
  /** US cents of model use per merged pull request, attempts that failed included. */
  perChange: number;
  /** US cents per person and month; 0 where there are no seats. */
  seat: number;
}

/** Invented prices in US cents. The unknown bot runs on a flat contract and bills nothing here. */
const TARIFFS: Partial<Record<AgentTool, Tariff>> = {
  claude_code: { provider: "anthropic", agent: "claude_code", perChange: 310, seat: 0 },
  cursor: { provider: "cursor", agent: "cursor", perChange: 120, seat: 4000 },
  copilot: { provider: "github", agent: "copilot", perChange: 95, seat: 1900 },
  codex: { provider: "openai", agent: "codex", perChange: 210, seat: 0 },
  devin: { provider: "cognition", agent: "devin", perChange: 900, seat: 0 },
  jules: { provider: "google", agent: "jules", perChange: 60, seat: 0 },
};

/** What agents did per team and day: the volume that model spend follows. */
export class UsageLedger {
  private readonly merges = new Map<string, number>();
  private readonly landings = new Map<string, number>();

  /** Counts the landings of one repository. */
  record(repository: SampleRepository, landings: readonly Landing[]): void {
    for (const { change, at } of landings) {
      const day = dayOfInstant(at);
      const month = iso(at).slice(0, 7);
      this.landings.set(`${repository.team}:${month}`, this.landingsOf(repository.team, month) + 1);
      if (change.credit.tool === null) continue;
      const key = `${repository.team}:${change.credit.tool}:${day}`;
      this.merges.set(key, (this.merges.get(key) ?? 0) + 1);
    }
  }

  mergesOf(team: TeamSlug, tool: AgentTool, day: number): number {
    return this.merges.get(`${team}:${tool}:${day}`) ?? 0;
  }

  landingsOf(team: TeamSlug, month: string): number {
    return this.landings.get(`${team}:${month}`) ?? 0;
  }
}

const TRAINING_DAYS = 14;

/** Daily model spend per provider and team, seats and check minutes per month, and training when a team starts. */
export function* costs(orgId: number, usage: UsageLedger, random: Random): Generator<FleetEvent> {
  const envelope = envelopes(orgId, null);
  const event = (
    key: string,
    day: number,
    cost: Omit<Cost, "currency" | "amountMinor">,
    cents: number,
  ): FleetEvent => ({
    ...envelope(`cost:${key}`, instantOf(day, 12 * 3600), `cost:${key}`, null),
    kind: "cost.incurred",
    payload: { ...cost, amountMinor: String(Math.round(cents)), currency: "USD" },
  });
  const tariffs = Object.entries(TARIFFS) as [AgentTool, Tariff][];
  const trained = new Set<TeamSlug>();
  for (let day = 0; day <= LAST_DAY; day += 1) {
    const date = iso(instantOf(day, 12 * 3600)).slice(0, 10);
    for (const { slug: team, size } of TEAMS) {
      for (const [tool, { provider, agent, perChange }] of tariffs) {
        const merges = usage.mergesOf(team, tool, day);
        if (merges === 0) continue;
        const cents = merges * random.lognormal(perChange, 0.45);
        yield event(`${provider}:${team}:api:${date}`, day, { provider, agent, team, item: "api" }, cents);
      }
      if (!trained.has(team) && agentShare(team, day) > 0.12) {
        trained.add(team);
        const cents = size * 45_000;
        yield event(
          `training:${team}`,
          Math.min(LAST_DAY, day + TRAINING_DAYS),
          { provider: "northwind", agent: null, team, item: "training" },
          cents,
        );
      }
      if (!date.endsWith("-01")) continue;
      for (const [, { provider, agent, seat }] of tariffs) {
        const seats = Math.round(size * Math.min(1, agentShare(team, day) * 1.3));
        if (seat === 0 || seats === 0) continue;
        yield event(`${provider}:${team}:seats:${date}`, day, { provider, agent, team, item: "seats" }, seats * seat);
      }
      const checks = usage.landingsOf(team, date.slice(0, 7)) * random.lognormal(85, 0.2);
      if (checks >= 1)
        yield event(`github:${team}:ci:${date}`, day, { provider: "github", agent: null, team, item: "ci" }, checks);
    }
    if (date.endsWith("-01")) {
      const cents = random.lognormal(420_000, 0.1);
      yield event(
        `cloud:infrastructure:${date}`,
        day,
        { provider: "cloud", agent: null, team: "infrastructure", item: "infrastructure" },
        cents,
      );
    }
  }
}
