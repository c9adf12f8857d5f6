import type { Scope } from "@/lib/auth/scope";
import { query } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { parsePullRequestId } from "@/lib/metrics/explorer/pull-request-detail";
import { seesMoney } from "./cost-days";
import type { AgentSession } from "./types";

/** Sessions of one pull request that are shown, the dearest first. */
const MOST = 100;

/**
 * What agents told of the sessions in which they worked on a pull request, the dearest first. What a session cost is shared equally by
 * the pull requests that it is linked to. Empty for whoever sees no money.
 * @param id of a pull request that the scope sees
 * @throws {AppError} `not_found` where it is no id
 */
export async function readAgentSessions(scope: Scope, id: string): Promise<AgentSession[]> {
  const { number, repoId } = parsePullRequestId(id);
  if (!seesMoney(scope)) return [];
  const rows = await query<Omit<AgentSession, "firstAt" | "lastAt"> & { firstAt: Date; lastAt: Date }>(
    sql`select s.agent, s.name as session, l.confidence, l.how, s.subscription as "isSubscription",
        s.first_at as "firstAt", s.last_at as "lastAt", u.models, u.input::double precision as input,
        u.output::double precision as output, u.cached::double precision as cached, shared.count as "sharedBy",
        trim_scale(round(u.cost / shared.count, 9))::text as "costUsd"
      from telemetry_link l join telemetry_session s on s.id = l.session_id
        cross join lateral (
          select count(*)::integer as count from telemetry_link o where o.session_id = l.session_id
        ) shared
        cross join lateral (
          select array_agg(distinct model order by model) as models, sum(cost) as cost, sum(input) as input,
            sum(output) as output, sum(cache_read + cache_write) as cached
          from telemetry_usage u where u.session_id = l.session_id
        ) u
      where l.repo_id = ${repoId} and l.number = ${number} and u.models is not null
      order by u.cost desc nulls last, s.first_at, s.id limit ${MOST}`,
    getReadPool(),
  );
  return rows.map(({ firstAt, lastAt, ...rest }) => ({
    ...rest,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}
