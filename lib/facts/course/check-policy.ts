import { CATEGORIES, CATEGORY_CODE, CI_CONCLUSION_CODE } from "@/lib/core/dimensions";
import { CHECKS, type Check, checkBit, gatePattern, SHIPPED_POLICY } from "@/lib/core/policy";
import { type Sql, sql } from "@/lib/db/sql";

const { cancelled, failure, success, timed_out: timedOut } = CI_CONCLUSION_CODE;
const FAILED = [failure, cancelled, timedOut];
/** People who must approve what touches a sensitive surface. */
const SENSITIVE_APPROVALS = 2;
const HOUR = 3600;

/** What the policy asks, as rows of `policy`. */
export function policyRows(): Sql {
  const rows = CATEGORIES.map((category) => {
    const policy = SHIPPED_POLICY[category];
    return sql`(${CATEGORY_CODE[category]}::smallint, ${policy.autoMerge}::boolean, ${policy.gates.map(gatePattern)}::text[],
      ${policy.hasUnmappedGates}::boolean, ${policy.reviewHours * HOUR}::integer, ${policy.needsSecurityTeam}::boolean,
      ${policy.severity === "LOW"}::boolean)`;
  });
  return sql`policy (category, auto_merge, gates, has_unmapped, review_seconds, needs_security, is_low) as (values ${sql.join(rows)})`;
}

/** What the last check of each gate that the policy `y` asks for said of `b` before its merge. */
export function gatesOf({ orgId, repoId }: { orgId: number; repoId: number }): Sql {
  return sql`(select count(*) filter (where last.conclusion = any(${FAILED}::smallint[])) as failed,
      count(*) filter (where last.conclusion = ${success}::smallint) as passed
    from unnest(y.gates) as gate (name) left join lateral (
      select c.conclusion from fact_ci_run c
      where c.org_id = ${orgId} and c.repo_id = ${repoId} and c.number = b.number and c.check_name ~* gate.name
        and c.finished_at >= b.opened_at - interval '1 day' and c.finished_at <= b.ended_at
      order by c.finished_at desc, c.conclusion desc, c.id desc limit 1
    ) last on true)`;
}

/** Each check as true, false or null, where it cannot be told (metrics.md 5.3), of `m` by the policy `m` carries. */
const HOLDS: Readonly<Record<Check, Sql>> = {
  sensitive_two_reviewers: sql`(m.is_sensitive is false or m.approvals >= ${SENSITIVE_APPROVALS}
    or case when m.is_sensitive then false end)`,
  gates: sql`case when m.gates_failed > 0 then false
    when m.has_unmapped or m.gates_passed < cardinality(m.gates) then null else true end`,
  auto_merge_not_allowed: sql`(m.auto_merge_allowed or case when m.human_reviews = 0 then false else m.auto_merged = 0 end)`,
  approval_missing: sql`(m.is_low or m.approvals > 0)`,
  security_review_missing: sql`case when m.needs_security then null else true end`,
  review_late: sql`case when m.human_reviews > 0 then m.pickup_seconds <= m.review_within
    when m.auto_merge_allowed then true else m.cycle_seconds - m.coding_seconds <= m.review_within end`,
};

/**
 * The bits of the checks that an agent's merged pull request fails; 0 where it fails none, null where one cannot be told and
 * none fails. The policy is the one that is shipped: nothing else has ever been in force.
 */
export function violationsOf(): Sql {
  const failed = CHECKS.map(
    (check) => sql`case when (${HOLDS[check]}) is false then ${checkBit(check)}::integer else 0 end`,
  );
  const bits = failed.reduce((sum, one) => sql`${sum} | ${one}`);
  const told = CHECKS.map((check) => sql`(${HOLDS[check]}) is not null`);
  return sql`case when m.is_merged and m.by_agent and m.human_reviews is not null
    then nullif(${bits}, case when ${sql.join(told, " AND ")} then -1 else 0 end) end`;
}
