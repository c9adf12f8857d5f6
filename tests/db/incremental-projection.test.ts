import { spawn } from "node:child_process";
import { once } from "node:events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents, requestProjection } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { digestFacts, type FactDigest } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, rememberImport, setRepositoryOwner } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { HistoryFactory } from "@/tests/factories/history";
import { HAPPENINGS, type Happening, type HappeningKind, RandomHistory } from "@/tests/factories/random-history";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();

const append = (events: FleetEvent[]) => withTransaction((client) => appendEvents(client, [events]));

let organizations = 0;
async function newOrganization(): Promise<number> {
  organizations += 1;
  const { id } = await ensureOrganization({ slug: `org-${organizations}` });
  await execute(sql`update organization set time_zone = 'America/New_York' where id = ${id}`);
  return id;
}

/** What a pass over the whole repository gives. */
async function digestOfRebuild(orgId: number, repo: string): Promise<FactDigest> {
  await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, ${repo}, true)`);
  await projectPending();
  return digestFacts({ orgId, repoId: await ensureRepository(orgId, repo) });
}

/** How many increments were followed since the last pass over the whole. */
async function tailOf(orgId: number): Promise<number> {
  const [row] = await query<{ steps: number }>(
    sql`select jsonb_array_length(tail) as steps from projection_checkpoint where org_id = ${orgId}`,
  );
  return row?.steps ?? 0;
}

/** Mostly what happens every day. */
const WEIGHTS: Partial<Record<HappeningKind, number>> = {
  squash: 8,
  direct: 3,
  rebase: 3,
  revert: 5,
  reland: 2,
  observe: 14,
};
const happening: fc.Arbitrary<Happening> = fc.tuple(
  fc.oneof(...HAPPENINGS.map((kind) => ({ arbitrary: fc.constant(kind), weight: WEIGHTS[kind] ?? 1 }))),
  fc.nat(10_000),
);
const delivery = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
  observed: fc.boolean(),
  /** One in twelve events comes with the next delivery, one in twelve again. */
  late: fc.infiniteStream(fc.integer({ min: 0, max: 35 })),
  settings: fc.constantFrom("none", "none", "none", "none", "import", "import", "owner"),
});
const untroubled: fc.Arbitrary<Happening> = fc.tuple(
  fc.constantFrom<HappeningKind[]>("squash", "direct", "rebase", "revert", "partial", "reland", "codeowners", "bot"),
  fc.nat(10_000),
);

describe("incremental projection", () => {
  it("gives the same bytes as a rebuild after every delivery of any history", async () => {
    let followed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 2, maxLength: 8 }), async (deliveries) => {
        const orgId = await newOrganization();
        const history = new RandomHistory(orgId, "app");
        const repoId = await ensureRepository(orgId, "app");
        const [teamId = 0] = (await ensureTeams(orgId, [{ slug: "team-0", name: "Zero" }])).values();
        let waiting: FleetEvent[] = [];
        for (const { happenings, observed, late, settings } of deliveries) {
          const events = happenings.flatMap((one) => history.play(one));
          if (observed) events.push(...history.play(["observe", 5]));
          const next: FleetEvent[] = [];
          const now = waiting;
          for (const event of events) {
            const fate = late.next().value ?? 9;
            if (fate < 2) next.push(event);
            else now.push(event);
            if (fate === 2) next.push(event);
          }
          waiting = next;
          await append(now);
          if (settings === "import" && history.headSha !== null) await importHead(orgId, history.headSha);
          if (settings === "owner") {
            await setRepositoryOwner({ orgId, repoId, teamId, validFrom: new Date("2026-01-07T00:00:00Z") });
            await withTransaction((client) => requestProjection(client, orgId, "app"));
          }
          const steps = await tailOf(orgId);
          await projectPending();
          if ((await tailOf(orgId)) > steps) followed += 1;
        }
        const stored = await digestFacts({ orgId, repoId });
        expect(await digestOfRebuild(orgId, "app")).toEqual(stored);
      }),
      // About one delivery in two histories is followed: of a hundred of them never as few as twenty.
      { numRuns: 100 },
    );
    expect(followed).toBeGreaterThan(20);
  });

  it("follows an untroubled history step by step, across checkpoints", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(untroubled, { minLength: 1, maxLength: 12 }), { minLength: 9, maxLength: 16 }),
        async (days) => {
          const orgId = await newOrganization();
          const history = new RandomHistory(orgId, "app");
          let whole: string | null = null;
          for (const happenings of days) {
            const events = happenings.flatMap((one) => history.play(one));
            await append([...events, ...history.play(["observe", 8])]);
            await projectPending();
            const first = await rowVersions(orgId, "fact_pull_request_detail").then(
              (rows) => rows.values().next().value,
            );
            // The first wide row is written once: nothing but a pass over the whole writes it again.
            whole ??= first ?? null;
            if (first !== undefined) expect(first).toBe(whole);
          }
          const stored = await digestFacts({ orgId, repoId: await ensureRepository(orgId, "app") });
          expect(await digestOfRebuild(orgId, "app")).toEqual(stored);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("writes of a late revert its target, itself, and their two days", async () => {
    const orgId = await newOrganization();
    const history = new HistoryFactory(orgId, "app");
    const shas = Array.from({ length: 20 }, (_, day) =>
      history.land({
        title: `feat: thing ${day}`,
        number: day + 1,
        at: new Date(Date.UTC(2026, 0, day + 1, 18)).toISOString(),
        files: [`src/thing-${day}.ts`],
      }),
    );
    await append(history.events());
    await projectPending();
    const tables = ["fact_pull_request", "fact_pull_request_detail", "rollup_repository_day"] as const;
    const before = await Promise.all(tables.map((table) => rowVersions(orgId, table)));
    const at = "2026-02-10T18:00:00Z";
    history.undo(shas[4] ?? "", { title: 'Revert "feat: thing 4 (#5)"', number: 21, at });
    await append(history.events());
    await projectPending();
    const after = await Promise.all(tables.map((table) => rowVersions(orgId, table)));
    const written = after.map((rows, at) => [...rows].flatMap(([key, x]) => (before[at]?.get(key) === x ? [] : [key])));
    expect(written).toEqual([["21", "5"], ["21"], ["2026-01-05", "2026-02-10"]]);
    expect(await query(sql`select numbers from fact_change where org_id = ${orgId} order by id desc limit 4`)).toEqual(
      expect.arrayContaining([{ numbers: [5] }, { numbers: [21] }]),
    );
  });

  it("finishes a rebuild that was killed in the middle, and readers see nothing of it until then", async () => {
    const orgId = await newOrganization();
    for (const repo of ["one", "two", "three"]) {
      const history = new RandomHistory(orgId, repo);
      const happenings = Array.from(
        { length: 200 },
        (_, at): Happening => [at % 5 === 4 ? "revert" : "squash", at * 7],
      );
      await append([...happenings.flatMap((one) => history.play(one)), ...history.play(["observe", 5])]);
    }
    await projectPending();
    const digests = () =>
      Promise.all(
        ["one", "two", "three"].map(async (repo) =>
          digestFacts({ orgId, repoId: await ensureRepository(orgId, repo) }),
        ),
      );
    const whole = await digests();
    const rebuild = spawn(process.execPath, ["--import", "tsx", "tests/setup/rebuild-process.ts", database.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(rebuild, "exit");
    // It says so when it is in the middle of a repository, with that one's old facts deleted in its transaction.
    await once(rebuild.stdout, "data");
    rebuild.kill("SIGKILL");
    await exited;
    expect(await digests()).toEqual(whole);
    const [left] = await query<{ requests: number }>(
      sql`select count(*) as requests from projection_request where org_id = ${orgId} and whole`,
    );
    expect(left?.requests).toBeGreaterThan(0);
    await projectPending();
    expect(await digests()).toEqual(whole);
    expect(await query(sql`select id from projection_request where org_id = ${orgId}`)).toEqual([]);
  });
});

const VERSIONED = {
  fact_pull_request: sql`select number::text as key, xmin::text as version from fact_pull_request`,
  fact_pull_request_detail: sql`select number::text as key, xmin::text as version from fact_pull_request_detail`,
  rollup_repository_day: sql`select day::text as key, xmin::text as version from rollup_repository_day`,
};

/** The transaction that wrote each row. */
async function rowVersions(orgId: number, table: keyof typeof VERSIONED): Promise<Map<string, string>> {
  const rows = await query<{ key: string; version: string }>(
    sql`${VERSIONED[table]} where org_id = ${orgId} order by 1`,
  );
  return new Map(rows.map(({ key, version }) => [key, version]));
}

async function importHead(orgId: number, headSha: string): Promise<void> {
  await withTransaction(async (client) => {
    const kept = await rememberImport(client, { orgId, name: "app", url: null, branch: "main", headSha });
    if (kept.headMoved) await requestProjection(client, orgId, "app");
  });
}
