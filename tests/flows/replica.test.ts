import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { GET as ready } from "@/app/api/ready/route";
import { GET as dataHealth } from "@/app/api/v1/data-health/route";
import { GET as dimensions } from "@/app/api/v1/dimensions/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { describeDatabase } from "@/lib/db/describe-database";
import { getPool, type PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { closeReadPool, examineReplica, useReplica } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { openFacts } from "@/lib/metrics/columns/store";
import { withSnapshot } from "@/lib/metrics/snapshot";
import { call } from "@/tests/api/call";
import { insertFleet } from "@/tests/factories/fleet";
import { useReplicatedDatabase } from "@/tests/setup/replicated-database";
import { testServer } from "@/tests/setup/test-database";

const database = useReplicatedDatabase();
checkAnswersAgainstSchemas();
beforeAll(async () => {
  await insertFleet();
  await database.caughtUp();
});

async function readHealth(): Promise<{ replica: { lagSeconds: number } | null; repositories: unknown[] }> {
  const response = await call(dataHealth, "/api/v1/data-health");
  expect(response.status).toBe(200);
  return response.json();
}

async function repositoryNames(): Promise<string[]> {
  const { repos } = await (await call(dimensions, "/api/v1/dimensions")).json();
  return repos.map(({ value }: { value: string }) => value);
}

/** Reads from another database for as long as `work` runs. */
async function readingFrom(connectionString: string, work: () => Promise<void>): Promise<void> {
  await closeReadPool();
  useReplica(connectionString);
  await work().finally(closeReadPool);
  useReplica(database.replicaUrl);
}

async function refusal(): Promise<string> {
  const response = await call(dataHealth, "/api/v1/data-health");
  expect(response.status).toBe(503);
  expect((await ready()).status).toBe(503);
  const { detail } = await response.json();
  expect(detail).not.toContain(new URL(database.replicaUrl).password);
  return detail;
}

describe("a streaming replica", () => {
  it("answers dashboards as the primary would, and says that it is not behind", async () => {
    const { replica, repositories } = await readHealth();
    expect(replica).toEqual({ lagSeconds: 0 });
    expect(repositories).toHaveLength(2);
    expect((await ready()).status).toBe(200);
    await readingFrom(database.primaryUrl, async () => {
      await expect(examineReplica()).rejects.toThrow("is no longer a replica");
    });
  });

  it("gives its own state and its age while it is behind, then what was written meanwhile", async () => {
    await database.replica.query("select pg_wal_replay_pause()");
    await execute(sql`update repository set name = 'renamed' where name = 'api'`);
    await expect.poll(async () => (await readHealth()).replica?.lagSeconds).toBeGreaterThan(0);
    expect(await repositoryNames()).toEqual(["acme/api", "acme/web"]);
    await database.replica.query("select pg_wal_replay_resume()");
    await database.caughtUp();
    expect(await repositoryNames()).toEqual(["acme/renamed", "acme/web"]);
    expect((await readHealth()).replica).toEqual({ lagSeconds: 0 });
  });

  it("shows a transaction that was open when the facts were loaded as soon as it is committed", async () => {
    const rows = async () => {
      const { directory, table } = await openFacts(SYSTEM_SCOPE);
      return directory.orgs.reduce((sum, { id }) => sum + (table(id)?.length ?? 0), 0);
    };
    const copyWithNumber = (number: number, client?: PoolClient) =>
      execute(
        sql`insert into fact_pull_request select (jsonb_populate_record(f, jsonb_build_object('number', ${number}::integer))).*
          from fact_pull_request f order by org_id, repo_id, number limit 1`,
        client,
      );
    const open = await getPool().connect();
    try {
      await open.query("begin");
      await copyWithNumber(901, open);
      await copyWithNumber(902);
      await database.caughtUp();
      expect(await rows()).toBe(15);
      await open.query("commit");
    } finally {
      open.release();
    }
    await database.caughtUp();
    expect(await rows()).toBe(16);
  });

  it("that cancels a reading to keep up with its primary is asked a second time", async () => {
    await database.replica.query("alter system set max_standby_streaming_delay = 0");
    await database.replica.query("select pg_reload_conf()");
    let attempts = 0;
    const names = await withSnapshot(async (client) => {
      attempts += 1;
      await query(sql`select count(*) from team`, client);
      if (attempts === 1) {
        await execute(sql`insert into team (org_id, slug, name) select id, 'gone', 'Gone' from organization`);
        await execute(sql`delete from team where slug = 'gone'`);
        await getPool().query("vacuum (freeze) team");
        await database.caughtUp();
      }
      return query(sql`select slug from team`, client);
    });
    expect({ attempts, names }).toEqual({ attempts: 2, names: [{ slug: "payments" }] });
  });

  it("is part of what the doctor looks at", async () => {
    const variables = { DATABASE_URL: database.primaryUrl, DATABASE_REPLICA_URL: database.replicaUrl };
    const doctor = [path.resolve("scripts/fleetgauge.mjs"), "doctor", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, doctor, { env: { ...process.env, ...variables } });
    const { checks } = JSON.parse(stdout);
    expect(checks).toContainEqual({
      name: "replica",
      status: "ok",
      detail: expect.stringContaining(`${describeDatabase(database.replicaUrl)} is `),
    });
  });

  it("is refused when it is a copy of something else", async () => {
    await readingFrom(testServer().url, async () => {
      expect(await refusal()).toContain("is not a copy of the one of DATABASE_URL");
    });
    const otherDatabase = new URL(database.replicaUrl);
    otherDatabase.pathname = "/postgres";
    await readingFrom(otherDatabase.href, async () => {
      expect(await refusal()).toContain("is not a copy of the one of DATABASE_URL");
    });
  });

  it("is read from again as soon as it has received the migrations of this version", async () => {
    const [newest] = await query<{ name: string }>(sql`select max(migration_name) as name from _prisma_migrations`);
    const name = newest?.name ?? "";
    await execute(sql`update _prisma_migrations set rolled_back_at = now() where migration_name = ${name}`);
    await database.caughtUp();
    await readingFrom(database.replicaUrl, async () => {
      expect(await refusal()).toContain(`has not received the migration ${name} yet`);
    });
    await execute(sql`update _prisma_migrations set rolled_back_at = null`);
    await database.caughtUp();
    expect((await readHealth()).replica).toEqual({ lagSeconds: 0 });
  });

  it("that is away is named; nothing is read from the primary instead", async () => {
    const address = describeDatabase(database.replicaUrl);
    await database.stopReplica();
    expect(await refusal()).toContain(`The database of DATABASE_REPLICA_URL (${address}) cannot be read from`);
    await database.startReplica();
    await database.caughtUp();
    expect((await readHealth()).repositories).toHaveLength(2);
  });

  it("that was promoted is found out although its connections are still open", async () => {
    await readHealth();
    await database.replica.query("select pg_promote()");
    await expect(examineReplica()).rejects.toThrow("does not follow the primary");
    expect((await ready()).status).toBe(503);
  });
});
