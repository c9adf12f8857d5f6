import {
  AUTHOR_KIND_CODE,
  type AuthorKind,
  CATEGORY_CODE,
  type Category,
  CONFIDENCES,
  type Confidence,
  EXCLUSION_CODE,
  type Exclusion,
  SIZE_BUCKET_CODE,
  sizeBucketOf,
} from "@/lib/core/dimensions";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { COURSE_COLUMNS } from "@/lib/facts/course/course-columns";

/** Writes an organisation and returns its id. */
export async function insertOrg(
  slug: string,
  { isSample = false, timeZone = "UTC" }: { isSample?: boolean; timeZone?: string } = {},
): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into organization (slug, name, is_sample, time_zone)
      values (${slug}, ${slug}, ${isSample}, ${timeZone}) returning id`,
  );
  if (row === undefined) throw new Error("nothing was inserted");
  return row.id;
}

export async function insertTeam(orgId: number, slug: string): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into team (org_id, slug, name) values (${orgId}, ${slug}, ${slug}) returning id`,
  );
  if (row === undefined) throw new Error("nothing was inserted");
  return row.id;
}

export async function insertAgents(agents: readonly { code: number; key: string }[]): Promise<void> {
  for (const { code, key } of agents) {
    await execute(sql`insert into agent (code, key, name) values (${code}, ${key}, ${key})
      on conflict (code) do update set key = excluded.key, name = excluded.name`);
  }
}

/** Writes a repository whose facts are complete up to `completeTo`. */
export async function insertRepo(
  orgId: number,
  name: string,
  { completeTo, completeFrom = null }: { completeTo: string; completeFrom?: string | null },
): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into repository (org_id, name, url) values (${orgId}, ${name}, ${`https://example.org/${name}`}) returning id`,
  );
  if (row === undefined) throw new Error("nothing was inserted");
  await execute(sql`insert into fact_repository values (
    ${orgId}, ${row.id}, 'main', ${"a".repeat(40)}, ${completeFrom}::timestamptz, ${completeTo}::timestamptz, 'full', 'known', true,
    10, 8, 6, 1, 1, 2, 3, 1, 4, 0, 0, 0, 0, 'test')`);
  return row.id;
}

export interface FactInput {
  number: number;
  /** Of a roster; nobody when absent. */
  personId?: number | null;
  mergedAt: string;
  kind?: AuthorKind;
  category?: Category;
  exclusion?: Exclusion;
  teamId?: number | null;
  agentMask?: bigint;
  rollbackSeconds?: number | null;
  effectiveLines?: number | null;
  agentLines?: number | null;
  /** Closed at `mergedAt`, and never merged. */
  closed?: boolean;
  /** How sure its authorship is; strong where it is left out. */
  confidence?: Confidence;
  course?: CourseInput;
}

/** Numbers of `fact_pull_request_course`; what is not given is not known. */
export type CourseInput = Partial<Record<(typeof COURSE_COLUMNS)[number], number | null>>;

async function insertCourses(orgId: number, repoId: number, facts: readonly FactInput[]): Promise<void> {
  const rows = facts.flatMap(({ course, number }) =>
    course === undefined ? [] : { org_id: orgId, repo_id: repoId, number, ...course },
  );
  // A schema of before has no such table.
  if (rows.length === 0) return;
  await execute(sql`insert into fact_pull_request_course
    select * from jsonb_populate_recordset(null::fact_pull_request_course, ${JSON.stringify(rows)}::jsonb)`);
}

async function insertClosed(orgId: number, repoId: number, facts: readonly FactInput[]): Promise<void> {
  for (const { agentMask = 0n, category = "unclassified", kind = "human", mergedAt, number, teamId = null } of facts) {
    await execute(sql`insert into fact_closed_pull_request values (${orgId}, ${repoId}, ${number}, ${mergedAt},
      ${agentMask.toString()}, ${teamId}, ${AUTHOR_KIND_CODE[kind]}, ${CATEGORY_CODE[category]}, 1, 'Change', '{}')`);
  }
}

async function insertPeople(orgId: number, repoId: number, facts: readonly FactInput[]): Promise<void> {
  const named = facts.flatMap(({ number, personId }) => (personId == null ? [] : { number, personId }));
  // A schema of before has no such column.
  if (named.length === 0) return;
  await execute(sql`update fact_pull_request f set person_id = n.person
    from unnest(${named.map(({ number }) => number)}::int[], ${named.map(({ personId }) => personId)}::int[]) as n (number, person)
    where f.org_id = ${orgId} and f.repo_id = ${repoId} and f.number = n.number`);
}

/** Writes narrow facts and a detail row for each; what is not given is an eligible pull request by a person. */
export async function insertFacts(orgId: number, repoId: number, all: readonly FactInput[]): Promise<void> {
  await insertCourses(orgId, repoId, all);
  await insertClosed(
    orgId,
    repoId,
    all.filter(({ closed }) => closed === true),
  );
  const facts = all.filter(({ closed }) => closed !== true);
  const rows = facts.map((fact) => {
    const effective = fact.effectiveLines === undefined ? 10 : fact.effectiveLines;
    return {
      number: fact.number,
      merged_at: fact.mergedAt,
      team_id: fact.teamId ?? null,
      rollback_seconds: fact.rollbackSeconds ?? null,
      agent_mask: (fact.agentMask ?? 0n).toString(),
      effective_lines: effective,
      agent_lines: fact.agentLines === undefined ? (effective === null ? null : 0) : fact.agentLines,
      author_kind: AUTHOR_KIND_CODE[fact.kind ?? "human"],
      category: CATEGORY_CODE[fact.category ?? "unclassified"],
      size_bucket: SIZE_BUCKET_CODE[sizeBucketOf(effective)],
      exclusion: EXCLUSION_CODE[fact.exclusion ?? "none"],
      confidence: CONFIDENCES.indexOf(fact.confidence ?? "strong"),
    };
  });
  const json = JSON.stringify(rows);
  await execute(sql`insert into fact_pull_request
    select ${orgId}, ${repoId}, number, merged_at, team_id, rollback_seconds, agent_mask, effective_lines, agent_lines,
      effective_lines, author_kind, category, size_bucket, exclusion, confidence
    from jsonb_to_recordset(${json}::jsonb) as t(number int, merged_at timestamptz, team_id int, rollback_seconds bigint,
      agent_mask bigint, effective_lines int, agent_lines int, author_kind smallint, category smallint,
      size_bucket smallint, exclusion smallint, confidence smallint)`);
  await insertPeople(orgId, repoId, facts);
  await execute(sql`insert into fact_pull_request_detail
    select ${orgId}, ${repoId}, number, merged_at, 'Change ' || number, 'https://example.org/pull/' || number, 'Ada', 'branch',
      repeat('b', 40), 'squash', effective_lines, 1, 2, null, '[]'::jsonb,
      '{"confidence":"certain","evidence":[],"suggestions":[],"ruleVersion":"test"}'::jsonb,
      '{"category":"unclassified","rule":"default","evidence":{"rule":"default","text":"No rule applies."},"classifierVersion":"test"}'::jsonb,
      '{"team":null,"evidence":{"rule":"none","text":"No owner."}}'::jsonb, null
    from jsonb_to_recordset(${json}::jsonb) as t(number int, merged_at timestamptz, effective_lines int)`);
}
