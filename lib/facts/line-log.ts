import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { LINE_KINDS, type LineEvent } from "@/lib/events/line-kinds";
import type { PayloadOf } from "@/lib/events/schema";
import type { CodeownersVersion } from "./codeowners-timeline";
import { type CommitLink, type LandedCommit, richnessOf } from "./commit-links";
import type { Observed } from "./line-state";
import { type MergedRef, mergedRef } from "./placement";
import {
  foldPullRequestEvents,
  loadPullRequestEvents,
  type PullRequestEvents,
  type PullRequestPayload,
} from "./pull-request-events";

/** What the log says of one repository's line, as far as a pass over it asks. */
export interface LineLog {
  observations(): Promise<Observed[]>;
  links(): Promise<CommitLink[]>;
  merged(): Promise<MergedRef[]>;
  codeowners(): Promise<CodeownersVersion[]>;
  /** When the event of a commit happened. */
  landedAt(eventId: string): Promise<Date | null>;
  /** Payloads of landed commits by the ids of their events. */
  commits(eventIds: string[]): Promise<LandedCommit[]>;
  pullRequests(numbers: number[]): Promise<PullRequestEvents>;
}

/** A repository with at most so many events is read as a whole and once; some thirty megabytes. */
const WHOLE_EVENTS = 5000;

/** Opens the log of a repository: a small one is read at once, of a large one what is asked for is read when it is. */
export async function openLineLog(client: PoolClient, key: { orgId: number; repo: string }): Promise<LineLog> {
  const { orgId, repo } = key;
  const kinds: string[] = [...LINE_KINDS];
  const [counted] = await query<{ events: number }>(
    sql`select count(*) as events from (
        select from event where org_id = ${orgId} and repo = ${repo} and kind = any(${kinds}::text[])
        limit ${WHOLE_EVENTS + 1}
      ) counted`,
    client,
  );
  if ((counted?.events ?? 0) > WHOLE_EVENTS) return new StoredLineLog(client, key);
  const events = await query<LineEvent>(
    sql`select id, kind, occurred_at as at, payload from event
      where org_id = ${orgId} and repo = ${repo} and kind = any(${kinds}::text[])`,
    client,
  );
  return new ReadLineLog(events);
}

/** A log of which all is in memory. */
class ReadLineLog implements LineLog {
  private readonly observed: Observed[] = [];
  private readonly landed = new Map<string, { at: Date; payload: LandedCommit }>();
  private readonly mergedRefs: MergedRef[] = [];
  private readonly versions: CodeownersVersion[] = [];
  private readonly byNumber = new Map<number, { id: string; payload: PullRequestPayload }[]>();

  constructor(events: LineEvent[]) {
    for (const event of events) this.take(event);
  }

  private take(event: LineEvent): void {
    const { id, at } = event;
    switch (event.kind) {
      case "repository.observed":
        this.observed.push(event.payload);
        return;
      case "commit.landed":
        this.landed.set(id, { at, payload: event.payload });
        return;
      case "codeowners.changed":
        this.versions.push({ id, at, sha: event.payload.sha, rules: event.payload.rules });
        return;
      case "pull_request.merged":
        this.mergedRefs.push(mergedRef(id, event.payload));
        this.keep(id, event.payload);
        return;
      case "pull_request.commit":
      case "pull_request.issue_linked":
        this.keep(id, event.payload);
        return;
    }
  }

  private keep(id: string, payload: PullRequestPayload): void {
    const known = this.byNumber.get(payload.number);
    if (known === undefined) this.byNumber.set(payload.number, [{ id, payload }]);
    else known.push({ id, payload });
  }

  async observations(): Promise<Observed[]> {
    return this.observed;
  }

  async links(): Promise<CommitLink[]> {
    return [...this.landed].map(([id, { payload }]) => ({
      id,
      sha: payload.sha,
      parent: payload.parents[0] ?? null,
      richness: richnessOf(payload),
    }));
  }

  async merged(): Promise<MergedRef[]> {
    return this.mergedRefs;
  }

  async codeowners(): Promise<CodeownersVersion[]> {
    return this.versions;
  }

  async landedAt(eventId: string): Promise<Date | null> {
    return this.landed.get(eventId)?.at ?? null;
  }

  async commits(eventIds: string[]): Promise<LandedCommit[]> {
    return eventIds.flatMap((id) => this.landed.get(id)?.payload ?? []);
  }

  async pullRequests(numbers: number[]): Promise<PullRequestEvents> {
    return foldPullRequestEvents(numbers.flatMap((number) => this.byNumber.get(number) ?? []));
  }
}

/** A log that is read piece by piece, so that memory does not grow with the history. */
class StoredLineLog implements LineLog {
  constructor(
    private readonly client: PoolClient,
    private readonly key: { orgId: number; repo: string },
  ) {}

  async observations(): Promise<Observed[]> {
    const { orgId, repo } = this.key;
    const rows = await query<{ payload: Observed }>(
      sql`select payload from event where org_id = ${orgId} and repo = ${repo} and kind = 'repository.observed'`,
      this.client,
    );
    return rows.map(({ payload }) => payload);
  }

  links(): Promise<CommitLink[]> {
    const { orgId, repo } = this.key;
    return query<CommitLink>(
      sql`select id, payload->>'sha' as sha, payload->'parents'->>0 as parent,
          case when payload->>'lineCounts' = 'known' then 2 when payload->>'files' is not null then 1 else 0 end as richness
        from event where org_id = ${orgId} and repo = ${repo} and kind = 'commit.landed'`,
      this.client,
    );
  }

  merged(): Promise<MergedRef[]> {
    const { orgId, repo } = this.key;
    return query<MergedRef>(
      sql`select id, (payload->>'number')::integer as number, payload->'landedShas' as shas,
          payload->>'updatedAt' as "updatedAt",
          case when payload->>'mergeKind' = 'rebase' and jsonb_array_length(payload->'landedShas') = 1
            then coalesce(jsonb_array_length(payload->'ownShas'), 1) else 1 end as landed
        from event where org_id = ${orgId} and repo = ${repo} and kind = 'pull_request.merged'`,
      this.client,
    );
  }

  codeowners(): Promise<CodeownersVersion[]> {
    const { orgId, repo } = this.key;
    return query<CodeownersVersion>(
      sql`select id, occurred_at as at, payload->>'sha' as sha, payload->>'rules' as rules
        from event where org_id = ${orgId} and repo = ${repo} and kind = 'codeowners.changed'`,
      this.client,
    );
  }

  async landedAt(eventId: string): Promise<Date | null> {
    const [row] = await query<{ at: Date }>(
      sql`select occurred_at as at from event where org_id = ${this.key.orgId} and id = ${eventId}`,
      this.client,
    );
    return row?.at ?? null;
  }

  async commits(eventIds: string[]): Promise<LandedCommit[]> {
    const rows = await query<{ payload: PayloadOf<"commit.landed"> }>(
      sql`select payload from event where org_id = ${this.key.orgId} and id = any(${eventIds}::text[])`,
      this.client,
    );
    return rows.map(({ payload }) => payload);
  }

  pullRequests(numbers: number[]): Promise<PullRequestEvents> {
    return loadPullRequestEvents(this.client, this.key, numbers);
  }
}
