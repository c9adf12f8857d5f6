import { Decimal } from "@/lib/core/decimal";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { MEASURES, type Measure } from "./agents/agent";
import type { TelemetryTally } from "./tally-telemetry";
import type { ToldSession } from "./told-session";

interface Told {
  orgId: number;
  session: ToldSession;
  /** Nanoseconds since 1970. */
  time: bigint;
}

/** A data point, with the counter that it is of. */
export interface ToldPoint extends Told {
  measure: Measure;
  model: string;
  /** Tells the counter from others. */
  series: string;
  isCumulative: boolean;
  start: bigint;
  value: string;
}

/** A call of a model, a commit, or both in one. */
export interface ToldRequest extends Told {
  id: string;
  commit: string | null;
  usage: (Record<(typeof USAGE)[number], string | null> & { model: string }) | null;
}

const USAGE = ["cost", "input", "output", "cacheRead", "cacheWrite"] as const;

/** What became of telemetry: what contradicts what was told before is as it was sent. */
interface Stored {
  taken: number;
  repeated: number;
  contradicting: Told[];
  tallies: TelemetryTally[];
}

const sessionKey = ({ orgId, session: { agent, digest } }: Told): string => `${orgId} ${agent} ${digest}`;
const instantOf = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString();

/** Things by a key, in the order of the keys: whoever writes the same rows at once waits and never for each other. */
function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Notes the sessions of what is told. @returns their numbers by key */
async function writeSessions(client: PoolClient, told: readonly Told[]): Promise<ReadonlyMap<string, string>> {
  const sessions = byKey(told, sessionKey).map(([, items]) => {
    const instants = items.map(({ time }) => instantOf(time)).sort();
    const [{ orgId, session }] = items as [Told];
    return { orgId, first: instants[0], last: instants.at(-1), ...session };
  });
  type Session = (typeof sessions)[number];
  const column = <Value>(of: (one: Session) => Value) => sessions.map(of);
  const rows = await query<{ id: string; orgId: number; agent: string; digest: string }>(
    sql`insert into telemetry_session as s (org_id, agent, digest, name, producer, provider, team, repository, branch,
        subscription, first_at, last_at)
      select * from unnest(${column(({ orgId }) => orgId)}::integer[], ${column(({ agent }) => agent)}::text[],
        ${column(({ digest }) => digest)}::uuid[], ${column(({ name }) => name)}::text[],
        ${column(({ producer }) => producer)}::uuid[], ${column(({ provider }) => provider)}::text[],
        ${column(({ team }) => team)}::text[], ${column(({ repository }) => repository)}::text[],
        ${column(({ branch }) => branch)}::text[], ${column(({ subscription }) => subscription)}::boolean[],
        ${column(({ first }) => first)}::timestamptz[], ${column(({ last }) => last)}::timestamptz[])
      on conflict (org_id, agent, digest) do update set first_at = least(s.first_at, excluded.first_at),
        last_at = greatest(s.last_at, excluded.last_at), team = coalesce(s.team, excluded.team), pending = true
      returning id, org_id as "orgId", agent, replace(digest::text, '-', '') as digest`,
    client,
  );
  return new Map(rows.map(({ agent, digest, id, orgId }) => [`${orgId} ${agent} ${digest}`, id]));
}

/** Of what has one key the first; what says the same again is repeated, what says otherwise contradicts it. */
function firsts<Item extends Told>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  isSame: (one: Item, other: Item) => boolean,
  stored: Stored,
): Item[] {
  return byKey(items, keyOf).map(([, [first, ...others]]) => {
    for (const other of others) {
      if (isSame(first as Item, other)) stored.repeated += 1;
      else stored.contradicting.push(other);
    }
    return first as Item;
  });
}

const isSameNumber = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : one === other || new Decimal(one).eq(other);

/** Numbers of counters by session and digest; those that are new are made. */
async function writeSeries(
  client: PoolClient,
  points: readonly ToldPoint[],
  sessionOf: (told: Told) => string,
): Promise<(point: ToldPoint) => string> {
  const key = (point: ToldPoint) => `${sessionOf(point)} ${point.series}`;
  const series = byKey(points, key).map(([, [point]]) => point as ToldPoint);
  const [sessions, digests] = [series.map(sessionOf), series.map((point) => point.series)];
  await execute(
    sql`insert into telemetry_series (session_id, digest, measure, model, cumulative)
      select * from unnest(${sessions}::bigint[], ${digests}::uuid[],
        ${series.map(({ measure }) => MEASURES.indexOf(measure))}::smallint[], ${series.map(({ model }) => model)}::text[],
        ${series.map(({ isCumulative }) => isCumulative)}::boolean[])
      on conflict do nothing`,
    client,
  );
  const rows = await query<{ id: string; session: string; digest: string }>(
    sql`select s.id, s.session_id as session, replace(s.digest::text, '-', '') as digest
      from unnest(${sessions}::bigint[], ${digests}::uuid[]) as w (session_id, digest)
        join telemetry_series s on s.session_id = w.session_id and s.digest = w.digest`,
    client,
  );
  const ids = new Map(rows.map(({ digest, id, session }) => [`${session} ${digest}`, id]));
  return (point) => ids.get(key(point)) as string;
}

async function writePoints(
  client: PoolClient,
  told: readonly ToldPoint[],
  sessionOf: (told: Told) => string,
  stored: Stored,
): Promise<void> {
  if (told.length === 0) return;
  const seriesOf = await writeSeries(client, told, sessionOf);
  const points = firsts(
    told,
    (point) => `${seriesOf(point)} ${point.time} ${point.start}`,
    (one, other) => isSameNumber(one.value, other.value),
    stored,
  );
  const columns = sql`unnest(${points.map(seriesOf)}::bigint[], ${points.map(({ time }) => String(time))}::bigint[],
    ${points.map(({ start }) => String(start))}::bigint[], ${points.map(({ value }) => value)}::numeric[])`;
  const written = await execute(
    sql`insert into telemetry_point (series_id, time_nano, start_nano, value) select * from ${columns} on conflict do nothing`,
    client,
  );
  stored.taken += written;
  if (written === points.length) return;
  const others = await query<{ index: number }>(
    sql`select n.index::integer as index from ${columns} with ordinality as n (series_id, time_nano, start_nano, value, index)
        join telemetry_point p using (series_id, time_nano, start_nano)
      where p.value <> n.value`,
    client,
  );
  stored.repeated += points.length - written - others.length;
  stored.contradicting.push(...others.map(({ index }) => points[index - 1] as ToldPoint));
}

const isSameRequest = (
  { commit, usage: one }: ToldRequest,
  { commit: otherCommit, usage: other }: ToldRequest,
): boolean =>
  commit === otherCommit &&
  one?.model === other?.model &&
  USAGE.every((field) => isSameNumber(one?.[field] ?? null, other?.[field] ?? null));

async function writeRequests(
  client: PoolClient,
  told: readonly ToldRequest[],
  sessionOf: (told: Told) => string,
  stored: Stored,
): Promise<void> {
  const distinct = firsts(told, (one) => `${sessionOf(one)} ${one.id}`, isSameRequest, stored);
  const commits = distinct.filter(({ commit }) => commit !== null);
  if (commits.length > 0) {
    const written = await execute(
      sql`insert into telemetry_commit (session_id, sha, at)
        select * from unnest(${commits.map(sessionOf)}::bigint[], ${commits.map(({ commit }) => commit)}::text[],
          ${commits.map(({ time }) => instantOf(time))}::timestamptz[])
        on conflict do nothing`,
      client,
    );
    stored.taken += written;
    stored.repeated += commits.length - written;
  }
  const requests = distinct.filter(({ usage }) => usage !== null);
  if (requests.length === 0) return;
  const number = (field: (typeof USAGE)[number]) => requests.map(({ usage }) => usage?.[field] ?? null);
  const columns = sql`unnest(${requests.map(sessionOf)}::bigint[], ${requests.map(({ id }) => id)}::uuid[],
    ${requests.map(({ time }) => instantOf(time))}::timestamptz[], ${requests.map(({ usage }) => usage?.model ?? "")}::text[],
    ${number("cost")}::numeric[], ${number("input")}::numeric[], ${number("output")}::numeric[],
    ${number("cacheRead")}::numeric[], ${number("cacheWrite")}::numeric[])`;
  const written = await execute(
    sql`insert into telemetry_request (session_id, id, at, model, cost, input, output, cache_read, cache_write)
      select * from ${columns} on conflict do nothing`,
    client,
  );
  stored.taken += written;
  if (written === requests.length) return;
  const others = await query<{ index: number }>(
    sql`select n.index::integer as index
      from ${columns} with ordinality as n (session_id, id, at, model, cost, input, output, cache_read, cache_write, index)
        join telemetry_request r using (session_id, id)
      where (r.model, r.cost, r.input, r.output, r.cache_read, r.cache_write)
        is distinct from (n.model, n.cost, n.input, n.output, n.cache_read, n.cache_write)`,
    client,
  );
  stored.repeated += requests.length - written - others.length;
  stored.contradicting.push(...others.map(({ index }) => requests[index - 1] as ToldRequest));
}

/**
 * Has counters without a session added up anew, of whoever tells calls: those go first. After the calls can be seen by others, so that
 * whoever is adding up meanwhile is not believed; in the order in which sessions are written, so that nobody waits for each other.
 */
async function wakeCounters(sessions: readonly string[]): Promise<void> {
  if (sessions.length === 0) return;
  await execute(
    sql`with woken as (
        select s.id from telemetry_session s
        where s.name is null and exists (select from telemetry_session o
          where o.id = any(${[...new Set(sessions)]}::bigint[]) and o.org_id = s.org_id and o.producer = s.producer)
        order by s.org_id, s.agent collate "C", s.digest for update
      )
      update telemetry_session s set pending = true from woken where s.id = woken.id`,
  );
}

/** Keeps what is told, all of it or nothing. What is there already stays as it is. */
export async function storeTelemetry(points: readonly ToldPoint[], requests: readonly ToldRequest[]): Promise<Stored> {
  const all: Told[] = [...points, ...requests];
  const stored: Stored = { taken: 0, repeated: 0, contradicting: [], tallies: [] };
  if (all.length === 0) return stored;
  const called = await withTransaction(async (client) => {
    const ids = await writeSessions(client, all);
    const sessionOf = (told: Told) => ids.get(sessionKey(told)) as string;
    await writePoints(client, points, sessionOf, stored);
    await writeRequests(client, requests, sessionOf, stored);
    return requests.map(sessionOf);
  });
  await wakeCounters(called);
  stored.tallies = byKey(all, ({ orgId, session: { agent } }) => `${orgId} ${agent}`).map(([, items]) => {
    const [{ orgId, session }] = items as [Told];
    return { orgId, agent: session.agent, told: items.length };
  });
  return stored;
}
