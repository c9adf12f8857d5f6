import { Decimal } from "@/lib/core/decimal";
import type { ReadPoint, ReadRequest, TelemetryAgent } from "./agents/agent";
import { AGENT_OF_SERVICE } from "./agents/registry";
import { type Attributes, digestOf } from "./attributes";
import type { LogRecord, MetricPoint } from "./otlp";
import { storeTelemetry, type ToldPoint, type ToldRequest } from "./store-telemetry";
import type { TelemetryTally } from "./tally-telemetry";
import { type Reach, TelemetryPlaces } from "./telemetry-place";
import { type ToldSession, toldSession } from "./told-session";

/** Something that was not taken, for whoever sent it: nothing of who it was from, or of what they asked. */
export interface RefusedTelemetry {
  agent: string;
  /** The metric, or the event. */
  what: string;
  /** Nanoseconds since 1970. */
  time: string;
  value: string | null;
  reason: string;
}

/** What became of the points or records of a request. What nothing is counted of is in none of the numbers. */
export interface TelemetryOutcome {
  taken: number;
  /** The same as was taken before. */
  repeated: number;
  refused: RefusedTelemetry[];
  /** Services that nothing is read of. */
  strangers: string[];
  /** By organisation and agent. */
  tallies: TelemetryTally[];
}

const NANOS_PER_MILLI = 1_000_000n;
const DAY_MS = 86_400_000;
/** Days that telemetry may be late: nothing that is older changes what is in the books. */
export const LATEST_DAYS = 40;
/** Clocks that are ahead of ours. */
const AHEAD_MS = DAY_MS;

/** More than that no call costs, in dollars, and no agent counts. */
const MOST_COST = new Decimal(1_000_000);
const MOST_TOKENS = new Decimal("1e12");

interface Sent<Read> {
  item: MetricPoint | LogRecord;
  agent: TelemetryAgent;
  what: string;
  value: string | null;
  read: Read;
}

interface Values {
  cost: string | null;
  tokens: readonly (string | null)[];
}

const beginningProblem = ({ start, time }: MetricPoint): string | null =>
  start < 0n || start > time ? "begins after its own time" : null;

/** Why a value at an instant cannot be counted; null where it can. */
function problemWith(time: bigint, values: Values, now: Date): string | null {
  const at = Number(time / NANOS_PER_MILLI);
  if (at < now.getTime() - LATEST_DAYS * DAY_MS) return `is older than ${LATEST_DAYS} days`;
  if (at > now.getTime() + AHEAD_MS) return "is of a time that has not come: check the clock of the sender";
  for (const [value, most] of [
    [values.cost, MOST_COST] as const,
    ...values.tokens.map((one) => [one, MOST_TOKENS] as const),
  ]) {
    if (value === null) continue;
    const number = new Decimal(value);
    if (number.isNegative() && !number.isZero()) return "is below nothing";
    if (number.gt(most)) return "is more than can be true";
  }
  return null;
}

const valuesOf = ({ measure }: ReadPoint, value: string | null): Values =>
  measure === "cost" ? { cost: value, tokens: [] } : { cost: null, tokens: [value] };

/** Takes what one request tells, part by part: whatever cannot be counted is named, and keeps nothing else from being taken. */
class Intake {
  readonly outcome: TelemetryOutcome = { taken: 0, repeated: 0, refused: [], strangers: [], tallies: [] };
  private readonly places: TelemetryPlaces;

  constructor(
    reach: Reach,
    organization: string | null,
    readonly now: Date,
  ) {
    this.places = new TelemetryPlaces(reach, organization);
  }

  agentOf(resource: Attributes): TelemetryAgent | null {
    const service = resource.texts.get("service.name") ?? "";
    const agent = AGENT_OF_SERVICE.get(service);
    if (agent !== undefined) return agent;
    if (!this.outcome.strangers.includes(service)) this.outcome.strangers.push(service);
    return null;
  }

  refuse({ agent, item, value, what }: Sent<unknown>, reason: string): void {
    this.outcome.refused.push({ agent: agent.agent, what, time: String(item.time), value, reason });
  }

  /** The session of something, and where it belongs; null where it cannot be taken, which is noted. */
  async placed(sent: Sent<unknown>): Promise<{ orgId: number; session: ToldSession } | null> {
    const { agent, item } = sent;
    const session = toldSession(item, agent);
    const place = await this.places.placeOf(session, new Date(Number(item.time / NANOS_PER_MILLI)));
    if ("problem" in place) {
      this.refuse(sent, place.problem);
      return null;
    }
    return { orgId: place.orgId, session: { ...session, team: place.team } };
  }

  async store(
    points: readonly ToldPoint[],
    requests: readonly ToldRequest[],
    sent: ReadonlyMap<object, Sent<unknown>>,
  ) {
    const { outcome } = this;
    const stored = await storeTelemetry(points, requests);
    outcome.taken += stored.taken;
    outcome.repeated += stored.repeated;
    outcome.tallies = stored.tallies;
    for (const told of stored.contradicting) {
      const one = sent.get(told);
      if (one !== undefined) this.refuse(one, "is told with another value already");
    }
  }
}

/**
 * Takes data points. The same point again is nothing new, in whatever order points come.
 * @param organization slug, where the address of the request names one
 */
export async function takeMetrics(
  reach: Reach,
  organization: string | null,
  points: Iterable<MetricPoint>,
  now = new Date(),
): Promise<TelemetryOutcome> {
  const intake = new Intake(reach, organization, now);
  const told: ToldPoint[] = [];
  const sentOf = new Map<object, Sent<ReadPoint>>();
  for (const item of points) {
    const agent = intake.agentOf(item.resource);
    const read = agent?.readPoint(item) ?? null;
    if (agent === null || read === null) continue;
    const sent: Sent<ReadPoint> = { item, agent, what: item.metric, value: item.value, read };
    const problem =
      item.value === null
        ? "is no number"
        : item.temporality === null
          ? "does not say whether it is of a time (delta) or since the beginning (cumulative)"
          : (problemWith(item.time, valuesOf(read, item.value), now) ?? beginningProblem(item));
    if (problem !== null) {
      intake.refuse(sent, problem);
      continue;
    }
    const place = await intake.placed(sent);
    if (place === null) continue;
    const { attributes, metric, resource, scope, start, temporality, time, value } = item;
    const point: ToldPoint = {
      ...place,
      ...read,
      series: digestOf([resource.digest, scope, metric, attributes.digest, temporality ?? ""]),
      isCumulative: temporality === "cumulative",
      start,
      time,
      value: value ?? "0",
    };
    told.push(point);
    sentOf.set(point, sent);
  }
  await intake.store(told, [], sentOf);
  return intake.outcome;
}

/** Takes log records that tell of calls of models, and of commits. Otherwise as `takeMetrics`. */
export async function takeLogs(
  reach: Reach,
  organization: string | null,
  records: Iterable<LogRecord>,
  now = new Date(),
): Promise<TelemetryOutcome> {
  const intake = new Intake(reach, organization, now);
  const told: ToldRequest[] = [];
  const sentOf = new Map<object, Sent<ReadRequest | null>>();
  for (const item of records) {
    const agent = intake.agentOf(item.resource);
    const [read, commit] = [agent?.readRequest(item) ?? null, agent?.readCommit(item) ?? null];
    if (agent === null || (read === null && commit === null)) continue;
    const sent: Sent<ReadRequest | null> = { item, agent, what: item.event, value: read?.cost ?? null, read };
    const { cacheRead = null, cacheWrite = null, cost = null, input = null, output = null } = read ?? {};
    const problem = problemWith(item.time, { cost, tokens: [input, output, cacheRead, cacheWrite] }, now);
    if (problem !== null) {
      intake.refuse(sent, problem);
      continue;
    }
    const place = await intake.placed(sent);
    if (place === null) continue;
    const { attributes, bodyDigest, event, scope, time } = item;
    const own = [scope, event, attributes.digest, bodyDigest, String(time)];
    const request: ToldRequest = {
      ...place,
      id: digestOf(read?.requestId == null ? own : ["request", read.requestId]),
      time,
      commit: commit !== null && /^[0-9a-f]{7,64}$/.test(commit) ? commit : null,
      usage: read && { model: read.model, cost, input, output, cacheRead, cacheWrite },
    };
    told.push(request);
    sentOf.set(request, sent);
  }
  await intake.store([], told, sentOf);
  return intake.outcome;
}
