import { toJsonText } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type FleetEvent, repositorySubject } from "@/lib/events/schema";
import { eventsWithoutErased } from "@/lib/events/without-erased";
import { appendEvents } from "@/lib/events/writer";
import { exactMinor, mapNativeEvent, type NativePlace } from "./map-native-event";
import type { NativeEvent, Verdict, Verdicts } from "./schema";

/** Whose events a caller may send. */
interface Reach {
  organizations: "all" | readonly number[];
}

/** One that was sent: as it was read, what is wrong with it, or that nothing needs it. */
export type SentEvent = { event: NativeEvent } | { errors: Verdict["errors"] } | { isNeeded: false };

type Problem = Pick<Verdict, "status"> & { field: string; detail: string };
/** An event that has its place, and what it is in the log. */
interface Ready {
  index: number;
  id: string;
  events: FleetEvent[];
}

/** What is known of the places that events name. */
interface Directory {
  organizations: ReadonlyMap<string, { orgId: number; teams: ReadonlySet<string> }>;
  /** `org/name`, of those that are there. */
  repositories: ReadonlySet<string>;
  /** Of those, which another source reads. */
  readElsewhere: ReadonlySet<string>;
  agents: ReadonlySet<string>;
}

const organizationOf = (event: NativeEvent): string => {
  const named = "organization" in event ? event.organization : undefined;
  return named ?? repositoryOf(event)?.split("/", 1)[0] ?? "";
};
const repositoryOf = (event: NativeEvent): string | null => ("repository" in event ? (event.repository ?? null) : null);

async function loadDirectory(reach: Reach, events: readonly NativeEvent[]): Promise<Directory> {
  const slugs = [...new Set(events.map(organizationOf))];
  const names = [...new Set(events.flatMap((event) => repositoryOf(event) ?? []))];
  const found = await query<{ orgId: number; slug: string; teams: string[] }>(
    sql`select o.id as "orgId", o.slug, array(select slug from team t where t.org_id = o.id) as teams
      from organization o where o.slug = any(${slugs}::text[])`,
  );
  const seen = found.filter(({ orgId }) => reach.organizations === "all" || reach.organizations.includes(orgId));
  // One whose pull requests were told a moment ago has no row of its own until they are projected.
  const repositories = await query<{ name: string; isKnown: boolean; isRead: boolean }>(
    sql`select n.name,
        exists (select from repository r where r.org_id = o.id and r.name = n.repo)
          or exists (select from event e where e.org_id = o.id and e.repo = n.repo) as "isKnown",
        exists (select from event e where e.org_id = o.id and e.subject = ${repositorySubject("")} || n.repo
          and e.kind = 'repository.observed' and e.source <> 'events') as "isRead"
      from (select name, split_part(name, '/', 1) as slug, split_part(name, '/', 2) as repo
          from unnest(${names}::text[]) as names (name)) n
        join organization o on o.slug = n.slug`,
  );
  const agents = await query<{ key: string }>(sql`select key from agent`);
  return {
    organizations: new Map(seen.map(({ orgId, slug, teams }) => [slug, { orgId, teams: new Set(teams) }])),
    repositories: new Set([
      ...repositories.flatMap(({ isKnown, name }) => (isKnown ? [name] : [])),
      // Pull requests bring their repository: what else is told of it may come with them.
      ...events.flatMap((event) => (event.kind === "pull_request" ? [event.repository] : [])),
    ]),
    readElsewhere: new Set(repositories.flatMap(({ isRead, name }) => (isRead ? [name] : []))),
    agents: new Set(agents.map(({ key }) => key)),
  };
}

/** Where an event belongs, or why it cannot be taken. */
function placeOf(event: NativeEvent, directory: Directory): NativePlace | Problem {
  const [slug, repository] = [organizationOf(event), repositoryOf(event)];
  const organization = directory.organizations.get(slug);
  if (organization === undefined) {
    const field = repository === null ? "organization" : "repository";
    return {
      status: 404,
      field,
      detail: `There is no organisation ${slug}: connect or import it, or make it with: fleetgauge organization create ${slug}.`,
    };
  }
  if (repository !== null && !directory.repositories.has(repository)) {
    const detail = `There is no repository ${repository}; write it as organisation/name. Its first pull request brings it.`;
    return { status: 404, field: "repository", detail };
  }
  if (event.kind === "cost") {
    const { agent, amount, currency, team } = event;
    if (team !== null && !organization.teams.has(team))
      return { status: 404, field: "team", detail: `There is no team ${team} in ${slug}; write its short name.` };
    if (agent !== null && !directory.agents.has(agent))
      return {
        status: 404,
        field: "agent",
        detail: `There is no agent ${agent}; write its short name, such as claude_code.`,
      };
    if (exactMinor(amount, currency) === null)
      return {
        status: 422,
        field: "amount",
        detail: `is finer than ${currency} has coins: add up what is smaller before it is sent`,
      };
  }
  return {
    orgId: organization.orgId,
    repo: repository === null ? null : repository.slice(slug.length + 1),
    isToldAlone: repository !== null && !directory.readElsewhere.has(repository),
  };
}

/** Which of these are in the log, and whether they say the same there. */
async function knownOf(client: PoolClient, firsts: readonly FleetEvent[]): Promise<Map<string, boolean>> {
  const rows = await query<{ id: string; orgId: number; isSame: boolean }>(
    sql`select e.id, e.org_id as "orgId", e.payload = n.payload and e.occurred_at = n."occurredAt" and e.kind = n.kind as "isSame"
      from jsonb_to_recordset(${toJsonText(firsts)}::jsonb) as n ("orgId" integer, id text, kind text,
        "occurredAt" timestamptz, payload jsonb)
      join event e on e.org_id = n."orgId" and e.id = n.id`,
    client,
  );
  return new Map(rows.map(({ id, isSame, orgId }) => [`${orgId} ${id}`, isSame]));
}

/**
 * Takes what programs tell: each event is taken or refused by itself, and all that are taken are in one transaction. What is known
 * already changes nothing.
 * @param pointerOf where a field of the event of an index stands in the body
 * @param idempotencyKey stands in for ids that are left out
 * @returns a verdict for each, in their order
 */
export async function takeNativeEvents(
  reach: Reach,
  sent: readonly SentEvent[],
  { idempotencyKey, pointerOf }: { idempotencyKey: string | null; pointerOf: (index: number, field: string) => string },
): Promise<Verdicts> {
  const items: Verdict[] = [];
  const refuse = (index: number, id: string | null, { detail, field, status }: Problem) => {
    items[index] = { index, id, status, errors: [{ pointer: pointerOf(index, field), detail }] };
  };
  const nameOf = ({ id }: NativeEvent, index: number): string | null =>
    id ?? (idempotencyKey === null ? null : `${idempotencyKey}:${index}`);
  // One without a name is refused, and brings no repository.
  const named = sent.flatMap((one, index) => ("event" in one && nameOf(one.event, index) !== null ? [one.event] : []));
  const directory = await loadDirectory(reach, named);
  const ready: Ready[] = [];
  for (const [index, one] of sent.entries()) {
    if ("errors" in one) {
      items[index] = { index, id: null, status: 422, errors: one.errors };
      continue;
    }
    if ("isNeeded" in one) {
      items[index] = { index, id: null, status: 202, errors: [] };
      continue;
    }
    const id = nameOf(one.event, index);
    if (id === null) {
      const detail = "is missing: give each event an id of your own, or send an Idempotency-Key";
      refuse(index, null, { status: 422, field: "id", detail });
      continue;
    }
    const place = placeOf(one.event, directory);
    if ("status" in place) refuse(index, id, place);
    else ready.push({ index, id, events: mapNativeEvent({ ...one.event, id }, place) });
  }
  await withTransaction(async (client) => {
    // The log holds pseudonyms of whoever was erased: what is told of them again is what it holds.
    const firsts = await eventsWithoutErased(
      client,
      ready.flatMap(({ events }) => events.slice(0, 1)),
    );
    const known = await knownOf(client, firsts);
    const fresh: FleetEvent[] = [];
    const within = new Map<string, string>();
    for (const { events, id, index } of ready) {
      const [first] = events;
      if (first === undefined) continue;
      const key = `${first.orgId} ${first.id}`;
      const text = JSON.stringify(first);
      const before = within.get(key);
      const isSame = before === undefined ? known.get(key) : before === text;
      if (isSame === undefined) {
        within.set(key, text);
        fresh.push(...events);
        items[index] = { index, id, status: 201, errors: [] };
      } else if (isSame) items[index] = { index, id, status: 200, errors: [] };
      else {
        const detail = "named another event before, which stays as it was: give what is new an id of its own";
        refuse(index, id, { status: 409, field: "id", detail });
      }
    }
    // Two requests with the same events in other orders would each wait for the other.
    fresh.sort((a, b) => a.orgId - b.orgId || (a.id < b.id ? -1 : 1));
    if (fresh.length > 0) await appendEvents(client, [fresh]);
  });
  const count = (...statuses: Verdict["status"][]) => items.filter(({ status }) => statuses.includes(status)).length;
  return { accepted: count(201), duplicates: count(200), refused: count(404, 409, 422), ignored: count(202), items };
}
