import type { Scope } from "@/lib/auth/scope";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { ReportedKind } from "@/lib/metrics/definitions/definition";

/** A report: of whom, when, and what it adds to a figure. */
export interface Report {
  kind: ReportedKind;
  orgId: number;
  teamId: number | null;
  /** Milliseconds since the epoch. */
  at: number;
  /** Answers, or suggestions that somebody judged. */
  n: number;
  /** Of these those that count. */
  k: number;
  /** Reported and not judged. */
  rest: number;
  /** Of an amount: the amount. */
  amount: number;
}

/** How many were asked in a survey. */
interface Asked {
  orgId: number;
  at: number;
  invited: number;
}

export interface Reported {
  /** By time. */
  reports: readonly Report[];
  asked: readonly Asked[];
}

/** Answers 4 and 5 of 5 (metrics.md 2.9). */
const TRUSTS = 4;

const instantOf = (day: Sql): Sql =>
  sql`floor(extract(epoch from ${day}::timestamp at time zone o.time_zone) * 1000)::float8`;

/** Reads all reports of every organisation. */
export async function loadReported(client: Queryable): Promise<Reported> {
  const reports = await query<Report>(
    sql`select 'trust' as kind, a.org_id as "orgId", a.team_id as "teamId", ${instantOf(sql`a.wave`)} as at, 1 as n,
        (a.trust >= ${TRUSTS})::integer as k, 0 as rest, 0::float8 as amount
      from survey_answer a join organization o on o.id = a.org_id where a.trust is not null
      union all
      select 'hours_saved', a.org_id, a.team_id, ${instantOf(sql`a.wave`)}, 1, 0, 0, a.hours_saved::float8
      from survey_answer a join organization o on o.id = a.org_id where a.hours_saved is not null
      union all
      select 'suggestions', s.org_id, s.team_id, ${instantOf(sql`s.day`)}, s.judged, s.false_positive, s.shown - s.judged, 0
      from suggestion_report s join organization o on o.id = s.org_id
      union all
      select 'suggestions', f.org_id, null, ${instantOf(sql`f.day`)}, f.judged, f.wrong, 0, 0
      from (
        select j.org_id, (j.judged_at at time zone z.time_zone)::date as day, count(*)::integer as judged,
          count(*) filter (where j.is_false)::integer as wrong
        from fact_judged_finding j join organization z on z.id = j.org_id group by 1, 2
      ) f join organization o on o.id = f.org_id
      order by at, "orgId", "teamId", kind`,
    client,
  );
  const asked = await query<Asked>(
    sql`select w.org_id as "orgId", ${instantOf(sql`w.wave`)} as at, w.invited
      from survey_wave w join organization o on o.id = w.org_id where w.invited is not null order by w.wave`,
    client,
  );
  return { reports, asked };
}

/** The part that a scope may know of: whoever sees a few teams learns nothing of another, nor of those of no team. */
export function reportedInScope(reported: Reported, { organizations, teams }: Scope): Reported {
  if (organizations === "all" && teams === "all") return reported;
  const inOrg = ({ orgId }: { orgId: number }) => organizations === "all" || organizations.includes(orgId);
  return {
    reports: reported.reports.filter(
      (report) => inOrg(report) && (teams === "all" || (report.teamId !== null && teams.includes(report.teamId))),
    ),
    // How many were asked is known of everybody alone.
    asked: teams === "all" ? reported.asked.filter(inOrg) : [],
  };
}
