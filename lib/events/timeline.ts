import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { latestStates, type PullRequestWay, wayOf } from "./pull-request-way";
import { type Actor, commitSubject, type FleetEvent, fleetEventSchema, pullRequestSubject } from "./schema";
import { sentenceOf } from "./sentences";

/** One entry of a pull request's timeline. */
export interface TimelineEntry {
  /** ISO instant. */
  at: string;
  kind: string;
  source: string;
  /** One sentence. */
  text: string;
}

interface EventRow {
  id: string;
  org_id: number;
  source: string;
  kind: string;
  repo: string | null;
  subject: string;
  occurred_at: Date;
  actor: Actor | null;
  payload: unknown;
}

const COLUMNS = sql`e.id, e.org_id, e.source, e.kind, e.repo, e.subject, e.occurred_at, e.actor, e.payload`;

function toEvent(row: EventRow): FleetEvent | null {
  const parsed = fleetEventSchema.safeParse({
    ...row,
    orgId: row.org_id,
    occurredAt: row.occurred_at.toISOString(),
  });
  return parsed.success ? parsed.data : null;
}

/** Events of later life that name the pull request in their payload instead of being about it. */
async function followingEvents(orgId: number, repo: string, number: number): Promise<EventRow[]> {
  return query<EventRow>(sql`select ${COLUMNS} from event e
    where e.org_id = ${orgId} and e.repo = ${repo} and (
      (e.kind in ('deployment.finished', 'rollback.reported') and e.payload -> 'numbers' @> ${JSON.stringify([number])}::jsonb)
      or (e.kind in ('incident.opened', 'defect.opened') and e.payload -> 'causedByNumber' = ${String(number)}::jsonb))`);
}

export interface Timeline {
  items: TimelineEntry[];
  way: PullRequestWay;
}

/**
 * What the log says of one pull request, oldest first, and when it came to each step of its way: its own events, those of the
 * commits that it landed and of the last one of its branch, and deployments, incidents and defects that name it.
 * @param org slug of the organisation
 * @param repo name inside the organisation
 */
export async function readTimeline(org: string, repo: string, number: number): Promise<Timeline> {
  const [found] = await query<{ id: number }>(sql`select id from organization where slug = ${org}`);
  if (found === undefined) return { items: [], way: wayOf([], null) };
  const own = await query<EventRow>(
    sql`select ${COLUMNS} from event e where e.org_id = ${found.id} and e.subject = ${pullRequestSubject(repo, number)}`,
  );
  const shas = own.flatMap((row) => {
    const event = toEvent(row);
    if (event?.kind !== "pull_request.merged") return [];
    const { headSha, landedShas } = event.payload;
    // What checked it ran on the last commit of its branch.
    return headSha === null ? landedShas : [...landedShas, headSha];
  });
  const commits = await query<EventRow>(
    sql`select ${COLUMNS} from event e where e.org_id = ${found.id}
      and e.subject = any(${[...new Set(shas)].map((sha) => commitSubject(repo, sha))}::text[])`,
  );
  const events = latestStates(
    [...own, ...commits, ...(await followingEvents(found.id, repo, number))].flatMap((row) => toEvent(row) ?? []),
  );
  const [deployed] = await query<{ at: Date }>(
    sql`select d.deployed_at as at from fact_pull_request_deployment d join repository r on r.org_id = d.org_id and r.id = d.repo_id
      where d.org_id = ${found.id} and r.name = ${repo} and d.number = ${number}`,
  );
  const items = events
    .sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || Number(a.id > b.id) - Number(a.id < b.id))
    .map((event) => ({
      at: new Date(event.occurredAt).toISOString(),
      kind: event.kind,
      source: event.source,
      text: sentenceOf(event),
    }));
  return { items, way: wayOf(events, deployed?.at ?? null) };
}
