import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let organizations = 0;
async function newOrganization(): Promise<number> {
  organizations += 1;
  return (await ensureOrganization({ slug: `org-${organizations}` })).id;
}

const day = (date: number, hour = 9) =>
  `2026-03-${String(date).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

interface Deployed {
  sha: string;
  at: string;
  status?: "success" | "failure";
  kind?: "change" | "rollback";
  environment?: string;
  numbers?: number[];
}

function deployment(orgId: number, deployed: Deployed): FleetEvent {
  const { at, environment = "production", kind = "change", numbers = [], sha, status = "success" } = deployed;
  return {
    id: `test:deployment:${environment}:${at}`,
    orgId,
    source: "test",
    repo: "app",
    occurredAt: at,
    actor: null,
    subject: `deployment:${at}`,
    kind: "deployment.finished",
    payload: { service: "app", environment, sha, status, deploymentKind: kind, numbers },
  };
}

/** Five pull requests and what was deployed of them. */
function events(orgId: number): FleetEvent[] {
  const history = new HistoryFactory(orgId, "app");
  const sha = [1, 2, 3, 4, 5].map((number) =>
    history.land({ title: `Change ${number}`, number, at: day(number), files: [`src/${number}.ts`] }),
  ) as [string, string, string, string, string];
  const deploy = (deployed: Deployed) => deployment(orgId, deployed);
  return [
    ...history.events(day(20)),
    // The first that is known: what it brought besides cannot be told.
    deploy({ sha: sha[0], at: day(1, 12) }),
    deploy({ sha: sha[2], at: day(3, 10), environment: "staging" }),
    deploy({ sha: sha[2], at: day(3, 11), status: "failure" }),
    deploy({ sha: sha[2], at: day(3, 12) }),
    // Back to an older commit, and forward again: neither is new.
    deploy({ sha: sha[0], at: day(3, 13), kind: "rollback" }),
    deploy({ sha: sha[1], at: day(3, 14) }),
    deploy({ sha: sha[2], at: day(3, 15) }),
    deploy({ sha: "f".repeat(40), at: day(4, 12), environment: "eu-prod", numbers: [4] }),
  ];
}

const deployedOf = (orgId: number) =>
  query(sql`select number, deployed_at from fact_pull_request_deployment where org_id = ${orgId} order by number`);

const EXPECTED = [
  { number: 2, deployed_at: new Date(day(3, 12)) },
  { number: 3, deployed_at: new Date(day(3, 12)) },
  { number: 4, deployed_at: new Date(day(4, 12)) },
];

async function deliver(batch: FleetEvent[]): Promise<void> {
  await withTransaction((client) => appendEvents(client, [batch]));
  await projectPending();
}

describe("when a pull request was first deployed", () => {
  it("follows from the commits of production deployments that succeeded", async () => {
    const orgId = await newOrganization();
    await deliver(events(orgId));
    expect(await deployedOf(orgId)).toEqual(EXPECTED);
    await rebuildFacts();
    expect(await deployedOf(orgId)).toEqual(EXPECTED);
    expect(await query(sql`select from deployment_request`)).toEqual([]);
  });

  it("is the same in whatever order and portions all of it comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 5 }), async (numbers, portions) => {
        const orgId = await newOrganization();
        const shuffled = events(orgId)
          .map((event) => ({ event, rank: numbers.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        const size = Math.ceil(shuffled.length / portions);
        for (let start = 0; start < shuffled.length; start += size) await deliver(shuffled.slice(start, start + size));
        expect(await deployedOf(orgId)).toEqual(EXPECTED);
      }),
      { numRuns: 8 },
    );
  });
});
