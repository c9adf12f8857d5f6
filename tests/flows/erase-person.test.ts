import { expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { quoteIdentifier, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { erasePerson } from "@/lib/facts/erase-person";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { runMetricsQuery } from "@/lib/metrics/query";
import { listMetrics } from "@/lib/metrics/registry";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { createOperation } from "@/lib/settings/operations";
import { generateDataset } from "@/tests/mocks/github/generate";
import type { Account } from "@/tests/mocks/github/model";
import { START, useFollowedGitHub } from "@/tests/setup/followed-github";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();
const follow = useFollowedGitHub();

const ADA: Account = { type: "User", login: "ada", databaseId: 1001, name: "Ada Byron" };
const BO: Account = { type: "User", login: "bo", databaseId: 1002, name: "Bo Berg" };
const PRIVATE_EMAIL = "ada.byron@home.example";
/** Whatever would tell who it was. `ada` alone is also in other words. */
const TRACES = [/\bada\b/i, /ada byron/i, /ada\.byron/i, /"1001"/, /1001\+/];

/** Words that nothing marks as a name are read as words: this one could be a folder. */
const FREE_TEXT = "see also ada/feature";

/** Tables, and the rows of them that name the person. */
async function tracesLeft(): Promise<string[]> {
  const tables = await query<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await getPool().query<{ row: string }>(`select t::text as row from ${quoteIdentifier(name)} t`);
    for (const { row } of rows) {
      // Of an instant the microseconds may be any digits, the ones of an account among them.
      const text = row.replaceAll(FREE_TEXT, "").replaceAll(/\d{2}:\d{2}:\d{2}\.\d+/g, "");
      for (const trace of TRACES) if (trace.test(text)) found.push(`${name}: ${trace.exec(text)?.[0]} in ${text}`);
    }
  }
  return found;
}

/** Every figure that there is, by everything that figures are grouped by. */
async function figures(): Promise<string> {
  const metrics = listMetrics().map(({ id }) => id);
  const period = { from: "2026-01-01", to: "2026-07-01", grain: "month" };
  const answers = [];
  for (const groupBy of [[], ["repo"], ["team"], ["agent"], ["authorKind"], ["category"]]) {
    for (const metric of metrics) {
      const request = metricsQuerySchema.safeParse({ metrics: [metric], ...period, groupBy });
      if (request.success)
        answers.push(await runMetricsQuery(SYSTEM_SCOPE, request.data).catch((error) => String(error)));
    }
  }
  return JSON.stringify(answers);
}

/** Facts without what names anybody. */
const facts = (orgId: number) =>
  query(
    sql`select (select jsonb_agg(to_jsonb(f) order by f.repo_id, f.number) from fact_pull_request f where org_id = ${orgId}) as pulls,
      (select jsonb_agg(to_jsonb(v) - 'reviewer' order by v.repo_id, v.number, v.id) from fact_review v where org_id = ${orgId}) as reviews,
      (select jsonb_agg(n order by n) from (select count(*) as n from fact_review where org_id = ${orgId} group by reviewer) r) as by_reviewer,
      (select jsonb_agg(to_jsonb(c) - 'verdicts' order by c.repo_id, c.number) from fact_closed_pull_request c where org_id = ${orgId}) as closed,
      (select jsonb_agg(to_jsonb(b) - 'digest' order by b.revert_key, b.target_key) from fact_rollback b where org_id = ${orgId}) as rollbacks`,
  );

it("one person's data goes, no figure changes, and nothing of it comes back", { timeout: 180_000 }, async () => {
  const dataset = generateDataset({ login: "acme", seed: 7, repositories: 2, pullRequests: 60, end: START, days: 60 });
  dataset.teams.push(
    { id: "T_1", slug: "growth", name: "Growth", members: [ADA, BO] },
    { id: "T_2", slug: "data", name: "Data", members: [BO] },
  );
  const [repository] = dataset.repositories;
  const named = repository?.pullRequests.find(
    ({ author, mergeCommit }) => author?.login === "bo" && mergeCommit !== null,
  );
  if (repository === undefined || named === undefined) throw new Error("The dataset has no such pull request");
  named.body = `Thanks @ada and @adam, ${FREE_TEXT}.\n\nCo-authored-by: Ada Byron <${PRIVATE_EMAIL}>`;
  named.headRefName = "ada/fix";
  const followed = await follow({ dataset });
  await followed.sync();
  const bodies = {
    named: JSON.stringify({ sender: { login: "ada", id: 1001 } }),
    mentioned: JSON.stringify({ comment: { body: "thanks @ada" } }),
    other: JSON.stringify({ sender: { login: "adam", id: 10_010 }, repository: { id: 11001, size: 1001 } }),
  };
  await insertDeliveries(
    [...Object.entries(bodies), ["bytes", Buffer.from([0x22, 0xff, 0xfe, 0x22])] as const].map(
      ([deliveryId, body]) => ({
        source: "github",
        deliveryId,
        event: "star",
        action: null,
        headers: {},
        body: Buffer.from(body),
      }),
    ),
  );
  await getPool().query("update inbox set state = 'processed'");
  const operation = await createOperation("make-report", { userId: "somebody" }, getPool());
  await getPool().query("insert into report_piece values ($1, 0, 'Ada'::bytea)", [operation]);
  await getPool().query("insert into report_file values ($1, 'all.csv', 'text/csv', 3, '')", [operation]);
  const [before, counted] = [await figures(), await facts(followed.orgId)];
  expect((await tracesLeft()).length).toBeGreaterThan(50);

  const notes: string[] = [];
  const erasure = await erasePerson("acme", { login: "Ada" }, async (_client, { pseudonym }) => {
    notes.push(pseudonym);
  });
  expect(erasure).toMatchObject({ deliveries: 2, repositories: ["repo-000", "repo-001"], pseudonym: notes[0] });
  const kept = await query<{ id: string }>(sql`select delivery_id as id from inbox order by delivery_id`);
  expect(kept.map(({ id }) => id)).toEqual(["bytes", "other"]);
  expect((await getPool().query("select from report_piece union all select from report_file")).rowCount).toBe(0);
  await projectPending();
  await erasePerson("acme", { email: PRIVATE_EMAIL }, async () => undefined);
  await projectPending();

  expect(await tracesLeft()).toEqual([]);
  expect(await figures()).toBe(before);
  expect(await facts(followed.orgId)).toEqual(counted);
  expect(await verifyFacts()).toMatchObject({ mismatches: [] });
  const [member] = await query<{ teams: number }>(
    sql`select count(*) as teams from team_member m join person p on p.org_id = m.org_id and p.id = m.person_id
      where p.login = ${`erased-${erasure.pseudonym}`}`,
  );
  expect(member?.teams).toBe(1);

  // GitHub tells of her again: a pull request that changed, and the teams.
  for (const pull of repository.pullRequests.slice(0, 10)) {
    pull.title = `${pull.title} again`;
    pull.updatedAt = "2026-07-01T06:00:00Z";
  }
  followed.pass(26 * 3_600_000);
  const events = async () => (await query<{ n: number }>(sql`select count(*) as n from event`))[0]?.n ?? 0;
  const known = await events();
  await followed.sync();
  expect(await events()).toBeGreaterThan(known + 9);
  expect(await tracesLeft()).toEqual([]);
  const [people] = await query<{ people: number }>(sql`select count(*) as people from person`);
  expect(people?.people).toBe(2);
});

it("nobody is erased who is not there, and nothing is noted then", async () => {
  const dataset = generateDataset({ login: "hooli", seed: 3, repositories: 1, pullRequests: 5, end: START, days: 20 });
  await (await follow({ dataset })).sync();
  const refuse = (slug: string) => erasePerson(slug, { login: "nobody-here" }, async () => undefined);
  await expect(refuse("hooli")).rejects.toMatchObject({ code: "not_found" });
  await expect(refuse("nowhere")).rejects.toMatchObject({ code: "not_found" });
  const noted = await withTransaction((client) =>
    query(sql`select from erased_identity e join organization o on o.id = e.org_id where o.slug = 'hooli'`, client),
  );
  expect(noted).toEqual([]);
});
