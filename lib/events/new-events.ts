import { copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { LINE_KINDS, SHARED_KINDS } from "./line-kinds";
import type { FleetEvent } from "./schema";

/** A request names at most this many events; a repository with more new ones is projected as a whole. */
const MAX_NAMED = 5000;

const LINE: ReadonlySet<string> = new Set(LINE_KINDS);
const SHARED: ReadonlySet<string> = new Set(SHARED_KINDS);

interface RepositoryNews {
  orgId: number;
  repo: string;
  eventIds: string[];
  /** All that one append brought, with what was written down before. */
  total: number;
  whole: boolean;
}

/**
 * What one append brings that is new: of each repository's line, and of what happens around it. Written down now and
 * then as requests for a projection, so that a long import is not held in memory.
 */
export class NewEvents {
  private readonly lines = new Map<string, RepositoryNews>();
  private readonly around = new Map<number, string[]>();
  private waiting = 0;

  constructor(private readonly client: PoolClient) {}

  add({ id, kind, orgId, repo }: Pick<FleetEvent, "id" | "kind" | "orgId" | "repo">): void {
    this.waiting += 1;
    if (repo !== null && LINE.has(kind)) {
      const key = `${orgId} ${repo}`;
      let news = this.lines.get(key);
      if (news === undefined) {
        news = { orgId, repo, eventIds: [], total: 0, whole: false };
        this.lines.set(key, news);
      }
      news.total += 1;
      if (news.total <= MAX_NAMED) news.eventIds.push(id);
    }
    if (!LINE.has(kind) || SHARED.has(kind)) {
      const ids = this.around.get(orgId);
      if (ids === undefined) this.around.set(orgId, [id]);
      else ids.push(id);
    }
  }

  /** Writes down what so many events brought that waiting for more would only take memory. */
  async flushIfMany(): Promise<void> {
    if (this.waiting >= MAX_NAMED) await this.flush();
  }

  /** Asks for the projection of all that was added. */
  async flush(): Promise<void> {
    this.waiting = 0;
    await this.requestLines();
    await this.requestActivity();
  }

  private async requestLines(): Promise<void> {
    const rows: (readonly [number, string, boolean, string[]])[] = [];
    for (const news of this.lines.values()) {
      const { eventIds, orgId, repo, total, whole } = news;
      if (total > MAX_NAMED) {
        if (!whole) rows.push([orgId, repo, true, []]);
        news.whole = true;
      } else if (eventIds.length > 0) {
        rows.push([orgId, repo, false, eventIds]);
      }
      news.eventIds = [];
    }
    if (rows.length === 0) return;
    await copyRows(this.client, "projection_request", ["org_id", "repo", "whole", "event_ids"], rows);
  }

  private async requestActivity(): Promise<void> {
    const rows: (readonly [number, string[]])[] = [];
    for (const [orgId, ids] of this.around) {
      for (let start = 0; start < ids.length; start += MAX_NAMED) {
        rows.push([orgId, ids.slice(start, start + MAX_NAMED)]);
      }
    }
    this.around.clear();
    if (rows.length > 0) await copyRows(this.client, "activity_request", ["org_id", "event_ids"], rows);
  }
}
