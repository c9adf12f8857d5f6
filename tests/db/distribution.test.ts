import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/**
 * Tables that stay whole on one node of a cluster, each with its reason. Every other table is distributed by `org_id`
 * and has to be fit for it: a new table is, or is named here.
 */
const UNDISTRIBUTED: Readonly<Record<string, string>> = {
  _prisma_migrations: "the schema is one for all nodes",
  organization: "settings: few rows, foreign keys among themselves, joined from every node",
  repository: "settings",
  team: "settings",
  repository_owner: "settings",
  rollout_phase: "settings",
  rule_version: "settings: what people said",
  milestone: "settings: what people said",
  survey_answer: "settings: what people said",
  survey_wave: "settings",
  suggestion_report: "settings: what tools report, a few rows a day",
  company_benchmark: "settings of the installation",
  roi_assumption: "settings: what people said",
  money_setting: "settings",
  cost_centre: "settings: what people said",
  cost_entry: "settings: what people said",
  token_price: "settings: what people said",
  token_usage: "settings: what files of usage tell, some rows a day",
  exchange_rate: "settings: what people said",
  month_vintage: "settings: what became known of months that finance closed",
  month_close: "settings: months that finance closed",
  roi_scenario: "settings: what people planned",
  cost_feed: "settings: accounts of vendors",
  cost_import: "settings: files that people entered",
  cost_import_total: "settings: what those files tell, some rows a day",
  pull_request_triage: "settings: what people said",
  pull_request_correction: "settings: what people said",
  agent: "the agents of the shipped rules, the same for every organisation",
  retention: "settings of the installation",
  operation: "work that a screen started; it may concern several organisations",
  report_schedule: "settings: what people have sent",
  report_delivery: "settings: a few a month of each",
  report_piece: "files that somebody had made, for a week",
  report_file: "files that somebody had made, for a week",
  github_app: "settings: an App may be installed by several organisations",
  github_app_request: "settings: an App that nobody has come back with yet",
  github_connection: "settings",
  app_user: "accounts: of the installation, not of an organisation",
  user_session: "accounts",
  user_account: "accounts",
  identity_provider: "accounts",
  sign_in_attempt: "accounts",
  user_verification: "accounts",
  user_two_factor: "accounts",
  user_team: "accounts",
  invitation: "accounts",
  saved_view: "accounts",
  api_key: "accounts",
  rate_limit: "accounts: a caller is counted in one place",
  installation: "one row for the whole installation",
  audit_event: "one chain for the whole installation",
  inbox: "at the door of a webhook no organisation is known yet",
  telemetry_session: "numbered by themselves; what they come to is some rows a day",
  telemetry_request: "of a session, for two months",
  telemetry_series: "of a session",
  telemetry_point: "of a session, for two months",
  telemetry_commit: "of a session",
  telemetry_usage: "of a session, a row a day and model",
  telemetry_link: "of a session",
  telemetry_tally: "a row a day and agent",
  fact_change_horizon: "one row for the whole installation",
};

/**
 * Functions that triggers on distributed tables may call: they note what a statement changed and write to nothing else.
 * docs/scaling.md says how they come to stand on the shards.
 */
const NOTING = /^note_/;
// What is open is a list beside the facts, distributed as they are.
const NOTED_IN = ["course_request", "deployment_request", "effort_request", "fact_change", "open_pull_request"];

async function allTables(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  return rows.map(({ name }) => name).sort();
}

async function distributedTables(): Promise<string[]> {
  return (await allTables()).filter((name) => !Object.hasOwn(UNDISTRIBUTED, name));
}

describe("the schema on a cluster with org_id as distribution column", () => {
  it("names no table as undistributed that does not exist", async () => {
    const tables = await allTables();
    expect(Object.keys(UNDISTRIBUTED).filter((name) => !tables.includes(name))).toEqual([]);
    expect(await distributedTables()).toEqual(expect.arrayContaining(["event", "fact_pull_request", "fact_ci_run"]));
  });

  it("has org_id in every distributed table: an integer, never null, first in the primary key", async () => {
    const rows = await query<{ name: string; type: string; required: boolean; first: string | null }>(
      sql`select c.relname as name, format_type(o.atttypid, null) as type, o.attnotnull as required, k.attname as first
        from pg_class c
        left join pg_attribute o on o.attrelid = c.oid and o.attname = 'org_id'
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
        left join pg_attribute k on k.attrelid = c.oid and k.attnum = i.indkey[0]
        where c.relname = any(${await distributedTables()}) and c.relnamespace = 'public'::regnamespace`,
    );
    const unfit = rows.filter(
      ({ type, required, first }) => type !== "integer" || required !== true || first !== "org_id",
    );
    expect(unfit).toEqual([]);
  });

  it("has org_id in every unique index and no exclusion constraint", async () => {
    const rows = await query<{ index: string }>(
      sql`select i.indexrelid::regclass::text as index from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relname = any(${await distributedTables()}) and c.relnamespace = 'public'::regnamespace
          and (i.indisexclusion or i.indisunique and not exists (
            select from pg_attribute a
            where a.attrelid = c.oid and a.attname = 'org_id' and a.attnum = any(i.indkey::smallint[])))`,
    );
    expect(rows).toEqual([]);
  });

  it("has no foreign key from or to a distributed table", async () => {
    const tables = await distributedTables();
    const rows = await query<{ name: string }>(
      sql`select conname as name from pg_constraint f
        join pg_class child on child.oid = f.conrelid join pg_class parent on parent.oid = f.confrelid
        where f.contype = 'f' and (child.relname = any(${tables}) or parent.relname = any(${tables}))`,
    );
    expect(rows).toEqual([]);
  });

  it("numbers rows of distributed tables with bigint only: nodes hand out numbers apart from each other", async () => {
    const rows = await query<{ column: string; type: string }>(
      sql`select a.attrelid::regclass || '.' || a.attname as column, format_type(a.atttypid, null) as type
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where c.relname = any(${await distributedTables()}) and c.relnamespace = 'public'::regnamespace
          and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')`,
    );
    expect(rows.filter(({ type }) => type !== "bigint")).toEqual([]);
  });

  it("has triggers on distributed tables only to note changes: once per statement, in rows of fact_change", async () => {
    const rows = await query<{ trigger: string; function: string; body: string; rowwise: boolean }>(
      sql`select c.relname || '.' || t.tgname as trigger, p.proname as function, p.prosrc as body, t.tgtype & 1 = 1 as rowwise
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and c.relname = any(${await distributedTables()})`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.rowwise || !NOTING.test(row.function)).map(({ trigger }) => trigger)).toEqual([]);
    const written = rows.flatMap(({ body }) => [...body.matchAll(/\b(?:insert into|update|delete from)\s+(\w+)/g)]);
    expect([...new Set(written.map(([, table]) => table))].sort()).toEqual(NOTED_IN);
  });

  it("has no rules, no inheritance and no views over distributed tables", async () => {
    const rows = await query<{ name: string }>(
      sql`select ev_class::regclass::text as name from pg_rewrite
          where ev_class::regclass::text not like 'pg\\_%' and ev_class::regclass::text not like 'information\\_%'
            and (select relnamespace from pg_class where oid = ev_class) = 'public'::regnamespace
        union all select inhrelid::regclass::text from pg_inherits join pg_class c on c.oid = inhparent
          where c.relname = any(${await distributedTables()})`,
    );
    expect(rows).toEqual([]);
  });
});

describe("docs/scaling.md", () => {
  it("names every distributed table in its statements for a cluster, and no other", async () => {
    const text = await readFile(path.resolve(import.meta.dirname, "../../docs/scaling.md"), "utf8");
    const named = [...text.matchAll(/create_distributed_table\('(\w+)', 'org_id'/g)].map(([, name]) => name);
    expect(named.sort()).toEqual(await distributedTables());
  });

  it("partitions tables by statements that run on this schema", async () => {
    const text = await readFile(path.resolve(import.meta.dirname, "../../docs/scaling.md"), "utf8");
    const blocks = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
      block.includes("partition by") ? [block] : [],
    );
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const client = await getPool().connect();
      try {
        await client.query("begin");
        await client.query(block.replaceAll(/\b(begin|commit);/g, ""));
        const { rows } = await client.query("select count(*)::int as partitioned from pg_partitioned_table");
        expect(rows[0]?.partitioned).toBeGreaterThan(0);
      } finally {
        await client.query("rollback");
        client.release();
      }
    }
  });
});
