import { Gauge, Registry } from "prom-client";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

interface State {
  received: number;
  failed: number;
  oldest_received: number | null;
  repositories: number;
  activity: number;
  courses: number;
  refetches: number;
  jobs_waiting: number;
  jobs_failed: number;
  sessions: number;
  audit_lines: number;
}

interface Connection {
  account: string;
  state: string;
  /** Seconds since what was read last is as of; null before anything was. */
  age: number | null;
}

async function readState(): Promise<State> {
  const [row] = await query<State & Record<string, unknown>>(
    sql`select (select count(*) from inbox where state = 'received') as received,
      (select count(*) from inbox where state = 'failed') as failed,
      (select extract(epoch from now() - min(received_at))::float8 from inbox where state = 'received') as oldest_received,
      (select count(*) from projection_request) as repositories, (select count(*) from activity_request) as activity,
      (select count(*) from course_request) + (select count(*) from effort_request) as courses,
      (select count(*) from refetch) as refetches,
      (select count(*) from graphile_worker._private_jobs where attempts < max_attempts) as jobs_waiting,
      (select count(*) from graphile_worker._private_jobs where attempts >= max_attempts) as jobs_failed,
      (select count(*) from user_session where expires_at > now()) as sessions,
      (select audit_seq from installation where id = 1) as audit_lines`,
  );
  if (row === undefined) throw new Error("PostgreSQL answered a question for one row with none");
  return row;
}

async function readConnections(): Promise<Connection[]> {
  return query<Connection & Record<string, unknown>>(
    sql`select k.account, k.state, extract(epoch from now() - max(s.watermark))::float8 as age
      from github_connection k left join sync_state s on s.org_id = k.org_id and s.connection_id = k.id
        and s.entity = 'pull_requests'
      group by k.id order by k.account, k.id`,
  );
}

function addGauges(registry: Registry, state: State): void {
  const gauges: readonly (readonly [name: string, help: string, value: number | null])[] = [
    ["inbox_waiting", "Deliveries of webhooks that were not looked at yet", state.received],
    ["inbox_failed", "Deliveries of webhooks that could not be worked off", state.failed],
    ["inbox_oldest_seconds", "Age of the oldest delivery that waits", state.oldest_received ?? 0],
    ["projection_waiting", "Repositories whose facts are to be brought up to date", state.repositories],
    ["activity_waiting", "Activity that is to be worked out", state.activity],
    ["courses_waiting", "Changes to how pull requests went that are to be worked out", state.courses],
    ["refetch_waiting", "Things that GitHub is to be asked for again", state.refetches],
    ["jobs_waiting", "Jobs that wait or run", state.jobs_waiting],
    ["jobs_failed", "Jobs that were given up", state.jobs_failed],
    ["sessions", "Sessions that go on", state.sessions],
    ["audit_lines", "Lines of the audit log", state.audit_lines],
  ];
  for (const [name, help, value] of gauges) {
    if (value !== null) new Gauge({ name: `fleetgauge_${name}`, help, registers: [registry] }).set(value);
  }
}

function addConnections(registry: Registry, connections: readonly Connection[]): void {
  const active = new Gauge({
    name: "fleetgauge_connection_active",
    help: "1 for an account at GitHub that is followed, 0 for one that is paused or broken",
    labelNames: ["account"],
    registers: [registry],
  });
  const age = new Gauge({
    name: "fleetgauge_connection_age_seconds",
    help: "Seconds since the newest pull request that was read of an account",
    labelNames: ["account"],
    registers: [registry],
  });
  for (const { account, age: seconds, state } of connections) {
    active.set({ account }, Number(state === "active"));
    if (seconds !== null) age.set({ account }, seconds);
  }
}

/** What the installation tells Prometheus, the same from each of its processes: read from the database when asked. */
export async function stateRegistry(): Promise<Registry> {
  const registry = new Registry();
  const { idleCount, totalCount, waitingCount } = getPool();
  const pool = new Gauge({
    name: "fleetgauge_database_connections",
    help: "Connections of this process to the database",
    labelNames: ["state"],
    registers: [registry],
  });
  pool.set({ state: "idle" }, idleCount);
  pool.set({ state: "used" }, totalCount - idleCount);
  pool.set({ state: "waited_for" }, waitingCount);
  addGauges(registry, await readState());
  addConnections(registry, await readConnections());
  return registry;
}
