import type { Scope } from "@/lib/auth/scope";
import { AUTHOR_KIND_CODE, HOUR_SECONDS } from "@/lib/core/dimensions";
import { query as run } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { inTeams, loadDirectory } from "./directory";
import { resolvePeriod, resolveTimeZone } from "./period";
import { type ReviewerLoadQuery, withoutEmpty } from "./schema";
import { withScopedSnapshot } from "./scoped-snapshot";
import { type Narrowing, selectPullRequests } from "./selection";
import { percentileCont } from "./statistics/percentile";
import type { ReviewerLoad } from "./types";

const WEEK_MS = 7 * 24 * HOUR_SECONDS * 1000;
/** Of fewer people nothing is said: one of them could be told from the others. */
const FEWEST = 5;
/** Hours a week at which the next group begins. */
const GROUPS = [0, 0.5, 1, 2, 4, 8] as const;

const AGENTS = [AUTHOR_KIND_CODE.agent, AUTHOR_KIND_CODE.assisted];

/**
 * How the estimated hours of review (metrics.md 2.4) of what was merged in a period are spread over the people who gave them: hours
 * a week at the median and for the busiest tenth, and how much of it agents asked for. Nobody is named; of fewer than five people
 * only how many there were is told.
 * @throws {AppError} `unprocessable` for a filter value that is not known
 */
export async function readReviewerLoad(scope: Scope, query: ReviewerLoadQuery): Promise<ReviewerLoad> {
  const answer = await withScopedSnapshot(scope, async (client) => {
    const { narrowings, orgs, repos } = selectPullRequests(
      await loadDirectory(scope, client),
      withoutEmpty(query.filters),
    );
    const period = resolvePeriod(query, resolveTimeZone(query.timeZone, orgs));
    const rows = await run<{ seconds: number; agents: number }>(
      sql`select sum(e.seconds)::float8 as seconds,
          coalesce(sum(e.seconds) filter (where f.author_kind = any(${AGENTS}::smallint[])), 0)::float8 as agents
        from fact_pull_request f
          join fact_review_effort e on e.org_id = f.org_id and e.repo_id = f.repo_id and e.number = f.number
        where f.org_id = any(${orgs.map(({ id }) => id)}::integer[])
          and f.repo_id = any(${repos.map(({ id }) => id)}::integer[])
          and f.merged_at >= ${period.from} and f.merged_at < ${period.to}
          and ${ofTeams(narrowings.get("team"))} and ${inTeams(scope, sql`f.team_id`)}
        group by e.org_id, e.reviewer having sum(e.seconds) > 0`,
      client,
    );
    return { period, rows };
  });
  const { from, to } = answer.period;
  const weeks = (to.getTime() - from.getTime()) / WEEK_MS;
  return summarise(answer.rows, weeks);
}

/** The teams that are asked for, and what belongs to none where that is asked for. */
function ofTeams(narrowing: Narrowing | undefined): Sql {
  if (narrowing?.by !== "team") return sql`true`;
  const ids = [...narrowing.ids].filter((id) => id !== null);
  const loose = narrowing.ids.has(null) ? sql`f.team_id is null` : sql`false`;
  return sql`(f.team_id = any(${ids}::integer[]) or ${loose})`;
}

/** What can be said of hours without naming anybody. */
export function summarise(rows: readonly { seconds: number; agents: number }[], weeks: number): ReviewerLoad {
  const reviewers = rows.length;
  if (reviewers < FEWEST || weeks <= 0) return { reviewers, load: null };
  const hours = rows.map(({ seconds }) => seconds / HOUR_SECONDS / weeks).sort((a, b) => b - a);
  const all = hours.reduce((sum, value) => sum + value, 0);
  const busiest = Math.ceil(reviewers / 10);
  const [median = 0, p90 = 0] = percentileCont(hours, [0.5, 0.9]) ?? [];
  const agents = rows.reduce((sum, row) => sum + row.agents, 0) / HOUR_SECONDS / weeks;
  return {
    reviewers,
    load: {
      median,
      p90,
      busiest,
      busiestShare: hours.slice(0, busiest).reduce((sum, value) => sum + value, 0) / all,
      agentShare: agents / all,
      groups: GROUPS.map((atLeast, index) => ({
        from: atLeast,
        to: GROUPS[index + 1] ?? null,
        reviewers: hours.filter((value) => value >= atLeast && value < (GROUPS[index + 1] ?? Number.POSITIVE_INFINITY))
          .length,
      })),
    },
  };
}
