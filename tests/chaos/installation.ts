import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate } from "@/lib/db/migrate";
import { migrateJobs } from "@/lib/jobs/worker";

/** A PostgreSQL of one's own that can be killed and comes back where it was. */
export class OwnPostgres {
  private constructor(
    private readonly dataDir: string,
    private readonly durable: boolean,
    private server: Awaited<ReturnType<typeof startEmbeddedPostgres>>,
  ) {}

  /** @param options.durable what was committed outlives a kill */
  static async start({ durable }: { durable: boolean }): Promise<OwnPostgres> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "fleetgauge-chaos-"));
    return new OwnPostgres(dataDir, durable, await startEmbeddedPostgres({ dataDir, durable }));
  }

  /** Makes a migrated database. @returns its address, which stays the same when the server is killed */
  async database(name: string): Promise<string> {
    const client = new Client({ connectionString: this.server.url });
    await client.connect();
    await client.query(`create database ${client.escapeIdentifier(name)}`);
    await client.end();
    const url = new URL(this.server.url);
    url.pathname = `/${name}`;
    await migrate(url.href);
    await migrateJobs(url.href);
    return url.href;
  }

  /** Kills the server as a power cut does, and starts it again. */
  async kill(): Promise<void> {
    process.kill(this.server.pid, "SIGKILL");
    await this.server.exited;
    this.server = await startEmbeddedPostgres({ dataDir: this.dataDir, durable: this.durable });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
