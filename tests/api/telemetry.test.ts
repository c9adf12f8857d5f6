import { beforeAll, describe, expect, it } from "vitest";
import { GET as pullRequest } from "@/app/api/v1/pull-requests/[id]/route";
import { GET as telemetry } from "@/app/metrics/route";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { createKey } from "@/lib/auth/keys";
import type { KeyScope } from "@/lib/auth/roles";
import { CLIENT_ADDRESS_HEADER } from "@/lib/core/client-address";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { migrateJobs } from "@/lib/jobs/worker";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

const database = useTestDatabase();

beforeAll(async () => {
  await migrateJobs(database.url);
  await insertFleet();
  const body = Buffer.from("{}");
  await insertDeliveries([{ source: "github", deliveryId: "a", event: "star", action: null, headers: {}, body }]);
});

const ask = (headers: Record<string, string>) =>
  telemetry(new Request("http://127.0.0.1:3000/metrics", { headers: { host: "127.0.0.1:3000", ...headers } }));
const here = { [CLIENT_ADDRESS_HEADER]: "127.0.0.1" };

async function keyFor(scope: KeyScope): Promise<Record<string, string>> {
  const { key } = await createKey(COMMAND_ACTOR, { name: scope, scopes: [scope], expiresInDays: 1 });
  return { authorization: `Bearer ${key}` };
}

describe("/metrics", () => {
  it("tells a program of this machine how the installation is, in Prometheus' text format", async () => {
    for (const id of ["1-1", "999-1", "nonsense"])
      await call(pullRequest, `/api/v1/pull-requests/${id}`, { params: { id } });
    const answer = await ask(here);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toMatch(/^fleetgauge_inbox_waiting 1$/m);
    expect(text).toMatch(/^fleetgauge_inbox_oldest_seconds \d/m);
    expect(text).toMatch(/^fleetgauge_projection_waiting 0$/m);
    expect(text).toMatch(/^fleetgauge_jobs_failed 0$/m);
    expect(text).toMatch(/^fleetgauge_database_connections\{state="used"\} \d+$/m);
    expect(text).toMatch(/^fleetgauge_process_resident_memory_bytes \d+$/m);
    // Requests by their route, not by what was asked for: strangers cannot make new series.
    expect(text).toMatch(
      /^fleetgauge_http_request_seconds_count\{method="GET",route="\/api\/v1\/pull-requests\/\{id\}",status="404"\} 2$/m,
    );
    expect(text).not.toContain("nonsense");
    for (const line of text.split("\n")) expect(line).toMatch(/^(#.*|[a-z_0-9]+(\{.*\})? [-+\d.eInfNa]+|)$/);
  });

  it("tells another machine nothing without a key for it", async () => {
    expect((await ask({ ...here, ...(await keyFor("telemetry:read")) })).status).toBe(200);
    expect((await ask(await keyFor("telemetry:read"))).status).toBe(200);
    expect((await ask(await keyFor("reports:read"))).status).toBe(403);
    expect((await ask({ ...here, authorization: "Bearer fg_none" })).status).toBe(401);
    const strangers: Record<string, string>[] = [
      {},
      { [CLIENT_ADDRESS_HEADER]: "10.0.0.7" },
      // Through a proxy on this machine.
      { ...here, "x-forwarded-for": "203.0.113.9" },
      { ...here, forwarded: "for=203.0.113.9" },
    ];
    for (const headers of strangers) {
      expect((await ask(headers)).status, JSON.stringify(headers)).toBe(401);
    }
    // A page that makes a browser of this machine ask, by a name that it makes resolve here.
    expect((await ask({ ...here, host: "rebound.example.org" })).status).toBe(403);
    expect((await ask({ ...here, origin: "https://attacker.example" })).status).toBe(403);
  });
});
